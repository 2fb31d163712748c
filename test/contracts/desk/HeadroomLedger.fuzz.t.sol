// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {HeadroomLedger} from "../../../contracts/desk/HeadroomLedger.sol";
import {Test} from "../lib/Test.sol";

/// @title The ledger of reservations against a plain list that is walked over
contract HeadroomLedgerFuzzTest is Test {
    using HeadroomLedger for HeadroomLedger.Ledger;

    struct Entry {
        uint256 grams;
        uint256 untilHour;
        bool open;
    }

    HeadroomLedger.Ledger private ledger;
    Entry[] private entries;

    function expected() private view returns (uint256 grams) {
        for (uint256 i = 0; i < entries.length; i++) {
            if (entries[i].open && block.timestamp < entries[i].untilHour * 1 hours) grams += entries[i].grams;
        }
    }

    function testFuzz_CountsWhatAListWouldCount(uint256 seed) public {
        vm.warp(1_790_000_000);
        for (uint256 i = 0; i < 40; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 value = seed >> 16;
            if (seed % 4 < 2) {
                uint256 until = block.timestamp + bound(value % 1e9, 1, 7 days);
                entries.push(Entry(bound(value, 1, 1e24), HeadroomLedger.hourOf(until), true));
                assertGe(HeadroomLedger.hourOf(until) * 1 hours, until, "no shorter than promised");
                assertLt(HeadroomLedger.hourOf(until) * 1 hours, until + 1 hours);
                ledger.add(entries[entries.length - 1].grams, entries[entries.length - 1].untilHour);
            } else if (seed % 4 == 2 && entries.length != 0) {
                Entry storage entry = entries[value % entries.length];
                if (!entry.open) continue;
                entry.open = false;
                ledger.remove(entry.grams, entry.untilHour);
            } else {
                skip(bound(value % 1e9, 1, value % 5 == 0 ? 30 days : 5 hours));
            }
            assertEq(ledger.live(), expected());
        }
    }
}
