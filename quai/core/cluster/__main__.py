"""The keeper as a program; `keeper.ensure` starts it, nobody else needs to."""

from .keeper import main

main()
