"""A local Telegram: a Bot API server, the phones of its people, and a page to hold them.

It knows nothing of the bot it serves. `running()` starts one inside a test, `serve()` runs one until it is
stopped.
"""

from simulator.app import STATE, Simulator, create_app, running, serve
from simulator.settings import SimulatorSettings
from simulator.state import State

__all__ = ["STATE", "Simulator", "SimulatorSettings", "State", "create_app", "running", "serve"]
