"""A short run of kills.py: killed at random points under fifty writers, the program has lost and halved nothing; with power cuts it
has lost nothing that it had not synced either. Another run: SUCHARIT_SEED=N."""
import os
import random
import unittest

from agency import stopped_agency
from kills import KINDS, Kills, assert_whole


class Crash(unittest.TestCase):
    def kill(self, **options):
        seed = int(os.environ.get("SUCHARIT_SEED") or random.SystemRandom().getrandbits(32))
        print(f"seed {seed}", flush=True)
        with stopped_agency() as agency:
            kills = Kills(agency, seed, longest_load=0.4, **options)
            kills.run(len(KINDS))
            self.assertEqual(agency.end(), 0)
            assert_whole(agency.folder, f"{agency.folder}.key")
        return kills

    def test_killed_at_random_points_it_keeps_all_that_was_shown(self):
        self.kill()

    def test_power_cuts_take_nothing_that_was_shown(self):
        self.kill(power_cuts=True)


if __name__ == "__main__":
    unittest.main()
