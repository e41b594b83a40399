"""`measured.json`: what the last full run measured, for pages that compute with it (`benchmark --measured` writes it).

{
  "date": "2026-11-22", "machine": {"processor", "cores", "memory_gib", "system"}, "versions": {name: version},
  "redis": false,                whether the cache was Redis; if not, it was the memory of each server
  "cores_in_use": 0.65,          share of the machine, by everyone; near 1, others disturbed the run
  "variants": {
    "session": {
      "title": "ours: session, store db",
      "storage": 786,              bytes that the server keeps for one sign-in; null where that was not measured
      "requests": {
        "read cart": {
          "cpu": 1100.0,           microseconds of CPU of the server's process, the median
          "cpu_interval": [1050.0, 1160.0],      its 95 % interval
          "sent": 190.0, "received": 1000.0,     bytes on the wire, headers and body
          "statements": 3          SQL statements
        }, …                       a kind that the variant does not answer is missing
      }
    }, …
  }
}
"""

import json
from pathlib import Path

FILE = Path(__file__).parents[1] / "capacity" / "measured.json"


def coefficients(results):
    """Return of a run's results what is worth keeping."""
    plan = results["plan"]
    return {
        "date": results["started"][:10],
        "machine": results["machine"],
        "versions": results["versions"],
        "redis": results["redis"],
        "cores_in_use": results["cores_in_use"],
        "variants": {
            name: {
                "title": plan["titles"][name],
                "storage": results["storage"].get(name),
                "requests": {
                    cell["kind"]: of_request(cell)
                    for cell in results["cells"]
                    if cell["variant"] == name and not cell["wait"]
                },
            }
            for name in plan["variants"]
        },
    }


def of_request(cell):
    cpu = cell["cpu"]
    return {
        "cpu": round(cpu["median"], 1),
        "cpu_interval": [round(cpu["low"], 1), round(cpu["high"], 1)],
        "sent": cell["sent"],
        "received": cell["received"],
        "statements": len(cell["statements"]),
    }


def write(results, path=FILE):
    path.write_text(json.dumps(coefficients(results), indent=2, ensure_ascii=False) + "\n", "utf-8")


def read(path=FILE):
    return json.loads(path.read_text("utf-8"))
