"""What is worth keeping of a full run: the content of `measured.json`, as `project.lab.capacity.measured` has it."""

from project.lab.benchmark.variants import VARIANTS


def coefficients(results):
    """Return of a run's results what pages compute with."""
    return {
        "date": results["started"][:10],
        "machine": results["machine"],
        "versions": results["versions"],
        "redis": results["redis"],
        "cores_in_use": results["cores_in_use"],
        "variants": {
            results["plan"]["titles"][name]: of_variant(results, VARIANTS[name]) for name in results["plan"]["variants"]
        },
    }


def of_variant(results, variant):
    cells = [cell for cell in results["cells"] if cell["variant"] == variant.name and not cell["wait"]]
    return {
        "side": variant.side,
        "store": variant.store,
        "ends_at_once": variant.ends_at_once,
        "kept": results["storage"].get(variant.name),
        "credential": results["credentials"][variant.name],
        "requests": {cell["kind"]: of_request(cell) for cell in cells},
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
