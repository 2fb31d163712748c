// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title HeadroomLedger: grams kept for paid orders, which lapse by themselves
/// @notice Reservations end at whole hours, and the grams that end at an hour are summed up there. So nothing walks over
/// orders, however many there are: at most over the {MAX_HOURS} since the last change, and not at all when none is open.
library HeadroomLedger {
    using SafeCast for uint256;

    /// @dev A reservation ends at most this far ahead, which bounds every loop here.
    uint48 internal constant MAX_HOURS = 7 * 24;

    /// @param total wei of EAU reserved in hours after `sweptHour`
    /// @param sweptHour hours since 1970 up to which what has ended is no longer in `total`
    /// @param endingAt wei of EAU whose reservation ends at an hour since 1970
    struct Ledger {
        uint128 total;
        uint48 sweptHour;
        mapping(uint256 hour => uint256 grams) endingAt;
    }

    /// @return untilHour end of the reservation, rounded up: a paid order keeps its gold no shorter than it was promised
    function hourOf(uint256 until) internal pure returns (uint256 untilHour) {
        return (until + 1 hours - 1) / 1 hours;
    }

    /// @return grams reserved now, wei of EAU
    function live(Ledger storage self) internal view returns (uint256 grams) {
        grams = self.total;
        uint256 nowHour = block.timestamp / 1 hours;
        for (uint256 hour = uint256(self.sweptHour) + 1; grams != 0 && hour <= nowHour; ++hour) {
            grams -= self.endingAt[hour];
        }
    }

    function add(Ledger storage self, uint256 grams, uint256 untilHour) internal {
        _sweep(self);
        self.endingAt[untilHour] += grams;
        self.total += grams.toUint128();
    }

    /// @notice Takes a reservation out; one that has lapsed counts no longer, and nothing changes.
    function remove(Ledger storage self, uint256 grams, uint256 untilHour) internal {
        _sweep(self);
        if (untilHour <= self.sweptHour) return;
        self.endingAt[untilHour] -= grams;
        self.total -= grams.toUint128();
    }

    function _sweep(Ledger storage self) private {
        // Fits: at most what it was.
        self.total = uint128(live(self));
        // Fits: hours since 1970.
        self.sweptHour = uint48(block.timestamp / 1 hours);
    }
}
