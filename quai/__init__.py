"""Quai, the open-source ERP of book distributors: the dock keeps shipping when the computers burn."""
