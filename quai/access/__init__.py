"""Who works here: staff, their roles, and the Actor of every act.

Owns: users, roles.
Always true: every act in the journal has an actor.
Does not own: what an actor may touch in other packages (each view declares its permission); login comes with screens.
"""
