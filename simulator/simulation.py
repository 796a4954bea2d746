"""Everything a running simulator consists of, made in one place."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.clock import Clock
from simulator.rules.contract import Contract, load_contract
from simulator.rules.flood import FloodGate, FloodLimits
from simulator.rules.robots import RobotRules
from simulator.world.bot_profile import BotProfile
from simulator.world.journal import Journal
from simulator.world.model import Person
from simulator.world.records import FailurePlan, Records
from simulator.world.state import World
from simulator.world.taps import TapBook
from simulator.world.update_queue import UpdateQueue
from simulator.world.webhook_settings import WebhookSettings

DEFAULT_TOKEN = "4200000001:simulator-token-for-the-local-server"  # noqa: S105


@dataclass(frozen=True)
class Config:
    """How a simulator is set up. `start`: the moment its time begins at, in seconds since 1970."""

    start: float
    token: str = DEFAULT_TOKEN
    bot_username: str = "asisten_pokja_bot"
    bot_name: str = "Asisten Pokja"
    privacy_mode: bool = True
    flood: bool = True
    flood_limits: FloodLimits = field(default_factory=FloodLimits)
    rich_messages: bool = True
    callback_age: float = 150.0
    latency: float = 0.0


@dataclass
class Simulation:
    """The parts, wired together."""

    config: Config
    contract: Contract
    clock: Clock
    journal: Journal
    world: World
    updates: UpdateQueue
    taps: TapBook
    flood: FloodGate
    records: Records
    failures: FailurePlan
    profile: BotProfile
    webhook: WebhookSettings
    robots: RobotRules
    rich_answer: str = "on"
    knows_styles: bool = True
    poll_number: int = 0


def make_simulation(config: Config) -> Simulation:
    """An empty world with a bot in it; ValueError for a token that is none."""
    bot_id, _, secret = config.token.partition(":")
    if not (bot_id.isdigit() and secret):
        msg = "a token looks like digits:string"
        raise ValueError(msg)
    time, journal = Clock(config.start), Journal()
    bot = Person(int(bot_id), config.bot_name, username=config.bot_username, is_bot=True)
    return Simulation(
        config=config,
        contract=load_contract(),
        clock=time,
        journal=journal,
        world=World(bot, time, journal),
        updates=UpdateQueue(time, journal),
        taps=TapBook(time, journal, config.callback_age),
        flood=FloodGate(config.flood_limits, config.flood),
        records=Records(),
        failures=FailurePlan(latency=config.latency),
        profile=BotProfile(),
        webhook=WebhookSettings(),
        robots=RobotRules(),
        rich_answer="on" if config.rich_messages else "404",
    )
