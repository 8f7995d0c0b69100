#!/usr/bin/env python3
"""Writes invented job ads as JSON Lines: the same for the same seed. Standard library only."""

import argparse
import json
import random

ROLES = ["cook", "typist", "receptionist", "driver", "translator", "chat agent", "welder", "nurse", "designer", "guard"]
PLACES = ["Bangkok", "Nairobi", "Lima", "Manila", "Dubai", "Madrid", "Phnom Penh", "Accra", "Hanoi", "Porto"]
WORDS = (
    "team client shift office training contract monthly weekly remote travel friendly modern company salary bonus "
    "support service growth learn market online customer project meal room visa flight agency manager experience "
    "language English computer phone report result quality safety health careful night day morning evening city "
    "branch region partner product sales order data system tool plan budget schedule event guest kitchen garden"
).split()


def ad(number, rng):
    role, place = rng.choice(ROLES), rng.choice(PLACES)
    body = " ".join(rng.choice(WORDS) for _ in range(rng.randrange(150, 200)))
    text = (
        f"We look for a {role} in {place}. {body.capitalize()}. Pay {rng.randrange(300, 4000)} USD a month. "
        f"Write to jobs{rng.randrange(10**6)}@firm{rng.randrange(10**4)}.example or call +44 7700 900{rng.randrange(1000):03d}."
    )
    return {"id": str(number), "title": f"{role} wanted", "text": text}


def of_campaign(number, rng, campaigns):
    """An ad that was written from a template, the smaller ones rarer: its body stays, pay, place and contact change."""
    template = int(campaigns * rng.random() ** 2)
    own = random.Random(f"template {template}")
    body = " ".join(own.choice(WORDS) for _ in range(own.randrange(80, 160)))
    contacts = [f"@job_{template}_{own.randrange(10**6)}" for _ in range(3)]
    role, place = own.choice(ROLES), rng.choice(PLACES)
    text = (
        f"We look for a {role} in {place}. {body.capitalize()}. Pay {rng.randrange(300, 4000)} USD a month. "
        f"Telegram {rng.choice(contacts)} or call +44 7700 900{template % 1000:03d}."
    )
    return {"id": str(number), "title": f"{role} wanted", "text": text}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--campaigns", type=int, default=0, help="a fifth of the ads are written from so many templates")
    arguments.add_argument("--out", required=True)
    told = arguments.parse_args()
    rng = random.Random(told.seed)
    with open(told.out, "w", encoding="utf-8") as out:
        for number in range(told.count):
            common = told.campaigns and rng.random() < 0.2
            one = of_campaign(number, rng, told.campaigns) if common else ad(number, rng)
            out.write(json.dumps(one, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
