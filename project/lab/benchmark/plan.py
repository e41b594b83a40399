"""What to measure, and how: the plan of a run, and the cells that it is made of."""

from dataclasses import dataclass

from project.lab.benchmark.kinds import ME, READ_CART
from project.lab.benchmark.servers import SIGN_INS, VariantServer
from project.lab.benchmark.variants import BASELINE, choose, one_for_each_lookup

SIZES = (1_000, 100_000, 1_000_000)  # sign-ins, for `benchmark growth`
EXPIRED = 500_000  # sign-ins that it purges
GROWTH_KINDS = (ME, READ_CART)


@dataclass
class Plan:
    """The options of a run."""

    variants: list
    kinds: list
    seconds: float = 0.2  # of a round of one cell
    rounds: int = 10
    clients: int = 4
    database: str = ""
    redis: str = ""
    seed: int = 0
    sensitivity: bool = False

    @property
    def control(self):
        """The variant that runs on a second server: the first that answers the most requests."""
        return max(self.variants, key=lambda variant: len(set(self.kinds) & set(variant.kinds)))

    @property
    def control_name(self):
        """The name of the control's second server."""
        return f"{self.control.name} again"

    @property
    def engine(self):
        return "PostgreSQL" if self.database else "SQLite"

    @property
    def accounts(self):
        return self.clients * max(SIGN_INS, int(2 * self.seconds))


def growth_plan(**options):
    """Return the plan of a growth run; its variants and requests are fixed."""
    return Plan([*one_for_each_lookup(), *choose([BASELINE])], list(GROWTH_KINDS), **options)


@dataclass
class Cell:
    """One kind of request to one server: what a round measures once."""

    name: str  # of the variant, or what is done to it
    server: VariantServer
    kind: str
    wait: int = 0  # microseconds added
    effect: int = 0  # percent that they are

    @property
    def key(self):
        return self.name, self.kind


@dataclass
class Round:
    """What one variant did with one kind of request in one round."""

    requests: int
    seconds: float
    cpu: float  # microseconds of the server's process for each request
    client: float  # share of a core that making the load took
    latencies: list  # microseconds
    sent: float  # bytes a request, headers and body
    received: float
