// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {PriceSelection} from "../../../contracts/price/PriceSelection.sol";
import {Test} from "../lib/Test.sol";

/// @title The decision table: every row by hand, then every combination against the table restated
contract PriceSelectionUnitTest is Test {
    uint256 internal constant NOW = 1_795_014_000;
    uint256 internal constant TRUTH = 100e18;
    uint256 internal constant PIVOT_BPS = 50;
    uint256 internal constant FALLBACK_BPS = 150;

    IPriceOracle.Mode internal constant HALTED = IPriceOracle.Mode.Halted;
    IPriceOracle.Mode internal constant NORMAL = IPriceOracle.Mode.Normal;
    IPriceOracle.Mode internal constant DEGRADED = IPriceOracle.Mode.Degraded;
    IPriceOracle.Mode internal constant AFTER_HOURS = IPriceOracle.Mode.AfterHours;
    IPriceOracle.Source internal constant NONE = IPriceOracle.Source.None;
    IPriceOracle.Source internal constant MAIN = IPriceOracle.Source.Main;
    IPriceOracle.Source internal constant PIVOT = IPriceOracle.Source.Pivot;

    // --- the rows, market open ---

    function test_row1_mainAndPivotAgree() public pure {
        PriceSelection.Inputs memory i = _open(100e18, 100.4e18, 0);
        _expect(i, 100e18, 100e18, 100.4e18 + 1, NORMAL, MAIN);
    }

    function test_row1_fallbackHasNoSay() public pure {
        _expect(_open(100e18, 100.4e18, 101e18), 100e18, 100e18, 100.4e18 + 1, NORMAL, MAIN);
        _expect(_open(100e18, 100.4e18, 900e18), 100e18, 100e18, 100.4e18 + 1, NORMAL, MAIN);
    }

    function test_row2_mainAndFallbackAgree_pivotDead() public pure {
        _expect(_open(100e18, 0, 101e18), 100e18, 100e18, 101e18 + 1, DEGRADED, MAIN);
    }

    function test_row2_pivotLies() public pure {
        _expect(_open(100e18, 110e18, 101e18), 100e18, 100e18, 101e18 + 1, DEGRADED, MAIN);
    }

    function test_row2_pivotAgreesWithFallbackOnly_andWidensTheRange() public pure {
        _expect(_open(100e18, 102e18, 101e18), 100e18, 100e18, 102e18 + 1, DEGRADED, MAIN);
        _expect(_open(100e18, 98e18, 99e18), 100e18, 98e18, 100e18 + 1, DEGRADED, MAIN);
    }

    function test_row3_pivotAndFallbackAgree_mainDead() public pure {
        _expect(_open(0, 100e18, 101e18), 100e18, 100e18, 101e18 + 1, DEGRADED, PIVOT);
    }

    function test_row3_mainLies_andHasNoSay() public pure {
        _expect(_open(110e18, 100e18, 99e18), 100e18, 99e18, 100e18 + 1, DEGRADED, PIVOT);
    }

    function test_row4_mainAlone() public pure {
        _expect(_open(100e18, 0, 0), 100e18, 100e18, 100e18 + 1, DEGRADED, MAIN);
    }

    function test_row4_pivotAlone() public pure {
        _expect(_open(0, 100e18, 0), 100e18, 100e18, 100e18 + 1, DEGRADED, PIVOT);
    }

    function test_row4_needsAnAnchor() public pure {
        PriceSelection.Inputs memory i = _open(100e18, 0, 0);
        i.anchor = 0;
        _expectHalted(i);
    }

    function test_row4_needsFallbackDead() public pure {
        _expectHalted(_open(100e18, 0, 104e18));
        _expectHalted(_open(0, 100e18, 104e18));
    }

    function test_row4_needsExactlyOne() public pure {
        _expectHalted(_open(100e18, 104e18, 0));
    }

    function test_row4_jumpGrowsWithTime() public pure {
        // 2% at once, 4% more an hour, 15% at most.
        _expectJump(0, 102e18, true);
        _expectJump(0, 102e18 + 1, false);
        _expectJump(0, 98e18, true);
        _expectJump(0, 98e18 - 1, false);
        _expectJump(30 minutes, 104e18, true);
        _expectJump(30 minutes, 104e18 + 1, false);
        _expectJump(1 hours, 106e18, true);
        _expectJump(1 hours, 106e18 + 1, false);
        _expectJump(3 hours + 15 minutes, 115e18, true);
        _expectJump(3 hours + 15 minutes, 115e18 + 1, false);
        _expectJump(3 hours + 15 minutes - 1, 115e18, false);
        _expectJump(30 days, 115e18, true);
        _expectJump(30 days, 115e18 + 1, false);
        _expectJump(NOW, 115e18, true);
    }

    function test_row5_nothingLive() public pure {
        _expectHalted(_open(0, 0, 0));
    }

    function test_row5_fallbackAlone() public pure {
        _expectHalted(_open(0, 0, 100e18));
    }

    function test_row5_allDisagree() public pure {
        _expectHalted(_open(100e18, 110e18, 120e18));
    }

    function test_toleranceIsOfTheLowerAndInclusive() public pure {
        // 50 bps of 100 are 0.5
        _expect(_open(100e18, 100.5e18, 0), 100e18, 100e18, 100.5e18 + 1, NORMAL, MAIN);
        _expectHalted(_open(100e18, 100.5e18 + 1, 0));
        _expect(_open(100.5e18, 100e18, 0), 100.5e18, 100e18, 100.5e18 + 1, NORMAL, MAIN);
        _expectHalted(_open(100.5e18 + 1, 100e18, 0));
        // and 150 bps are 1.5
        _expect(_open(100e18, 0, 101.5e18), 100e18, 100e18, 101.5e18 + 1, DEGRADED, MAIN);
        _expectHalted(_open(100e18, 0, 101.5e18 + 1));
        _expect(_open(0, 100e18, 101.5e18), 100e18, 100e18, 101.5e18 + 1, DEGRADED, PIVOT);
        _expectHalted(_open(0, 100e18, 101.5e18 + 1));
    }

    function test_zeroToleranceMeansEqual() public pure {
        PriceSelection.Inputs memory i = _open(100e18, 100e18, 0);
        i.pivotBps = 0;
        _expect(i, 100e18, 100e18, 100e18 + 1, NORMAL, MAIN);
        i.pivot = _live(100e18 + 1);
        _expectHalted(i);
    }

    // --- the rows, market closed ---

    function test_closed_mainCountsAsDead() public pure {
        _expectHalted(_closed(100e18, 0, 0));
        _expectHalted(_closed(100e18, 0, 100e18));
        PriceSelection.Inputs memory i = _closed(100e18, 100e18, 0);
        _expect(i, 100e18, 100e18, 100e18 + 1, AFTER_HOURS, PIVOT); // PIVOT alone, near the close
    }

    function test_closed_pivotAndFallback_rangeHoldsTheClose() public pure {
        PriceSelection.Inputs memory i = _closed(0, 101e18, 102e18);
        _expect(i, 101e18, 100e18, 102e18 + 1, AFTER_HOURS, PIVOT);
        i = _closed(0, 99e18, 98e18);
        _expect(i, 99e18, 98e18, 100e18, AFTER_HOURS, PIVOT);
    }

    function test_closed_bandAroundTheClose() public pure {
        _expect(_closed(0, 102.5e18, 102.5e18), 102.5e18, 100e18, 102.5e18 + 1, AFTER_HOURS, PIVOT);
        _expectHalted(_closed(0, 102.5e18 + 1, 102.5e18));
        _expect(_closed(0, 95e18, 95e18), 95e18, 95e18, 100e18, AFTER_HOURS, PIVOT);
        _expectHalted(_closed(0, 95e18 - 1, 95e18));
    }

    function test_closed_alone_jumpAndBandBothHold() public pure {
        PriceSelection.Inputs memory i = _closed(0, 98e18, 0);
        _expect(i, 98e18, 98e18, 100e18, AFTER_HOURS, PIVOT);
        i.pivot = _live(97e18); // within the band, beyond the jump of a fresh anchor
        _expectHalted(i);
        i.anchorTime = NOW - 1 hours;
        _expect(i, 97e18, 97e18, 100e18, AFTER_HOURS, PIVOT);
        i.pivot = _live(94e18); // within the jump, beyond the band
        _expectHalted(i);
    }

    function test_closed_needsAClose() public pure {
        PriceSelection.Inputs memory i = _closed(0, 100e18, 100e18);
        i.anchor = 0;
        _expectHalted(i);
    }

    function test_closed_anOldCloseIsNone() public pure {
        PriceSelection.Inputs memory i = _closed(0, 100e18, 100e18);
        i.anchorTime = NOW - 5 days;
        _expect(i, 100e18, 100e18, 100e18 + 1, AFTER_HOURS, PIVOT);
        i.anchorTime = NOW - 5 days - 1;
        _expectHalted(i);
    }

    function test_closed_disagreementHalts() public pure {
        _expectHalted(_closed(100e18, 100e18, 102e18));
    }

    // --- every combination ---

    struct Seen {
        uint256 halted;
        uint256 normal;
        uint256 degraded;
        uint256 afterHours;
    }

    /// @dev 9 states a feed, three feeds, market open or closed, 7 anchors, 3 ages: 30,618 combinations.
    function test_everyCombination() public pure {
        uint256[9] memory prices = [uint256(0), 94e18, 97e18, 99e18, 100e18, 100.4e18, 101.2e18, 102.6e18, 116e18];
        uint256[7] memory anchors = [uint256(0), 86e18, 97.6e18, 100e18, 101e18, 105e18, 140e18];
        uint256[3] memory ages = [uint256(0), 2 hours, 6 days];
        PriceSelection.Inputs memory i;
        i.pivotBps = PIVOT_BPS;
        i.fallbackBps = FALLBACK_BPS;
        i.time = NOW;
        Seen memory seen;
        for (uint256 combination = 0; combination < 9 * 9 * 9 * 2 * 7 * 3; combination++) {
            uint256 rest = combination;
            i.main = _live(prices[rest % 9]);
            rest /= 9;
            i.pivot = _live(prices[rest % 9]);
            rest /= 9;
            i.fallback_ = _live(prices[rest % 9]);
            rest /= 9;
            i.marketOpen = rest % 2 == 0;
            rest /= 2;
            i.anchor = anchors[rest % 7];
            rest /= 7;
            i.anchorTime = NOW - ages[rest];
            uint256 free = _freeMemory();
            _count(seen, _check(i));
            _releaseTo(free);
        }
        assertEq(seen.halted + seen.normal + seen.degraded + seen.afterHours, 30_618);
        assertGt(seen.normal, 500, "normal");
        assertGt(seen.degraded, 500, "degraded");
        assertGt(seen.afterHours, 100, "after hours");
        assertGt(seen.halted, 500, "halted");
    }

    /// @dev The table again, in percent of whole numbers and in another order: from the last row up.
    function _check(PriceSelection.Inputs memory i) private pure returns (IPriceOracle.Mode) {
        uint256 m = i.marketOpen && i.main.live ? i.main.floor : 0;
        uint256 p = i.pivot.floor;
        uint256 f = i.fallback_.floor;
        bool mp = _near(m, p, 995, 1000);
        bool mf = _near(m, f, 985, 1000);
        bool pf = _near(p, f, 985, 1000);

        uint256 price = 0;
        if (f == 0 && (m == 0) != (p == 0) && i.anchor != 0) {
            uint256 alone = m + p; // the other is 0
            uint256 age = i.time - i.anchorTime;
            uint256 percent =
                age == 0
                    ? 2
                    : age == 2 hours
                        ? 10
                        : 15;
            if (alone * 100 >= i.anchor * (100 - percent) && alone * 100 <= i.anchor * (100 + percent)) price = alone;
        }
        if (pf) price = p;
        if (mf) price = m;
        if (mp) price = m;
        if (price != 0 && !i.marketOpen) {
            bool inBand = price * 100 >= i.anchor * 95 && price * 1000 <= i.anchor * 1025;
            if (i.anchor == 0 || i.time - i.anchorTime > 5 days || !inBand) price = 0;
        }
        if (price == 0) {
            _expectHalted(i);
            return HALTED;
        }
        uint256 low = price;
        uint256 high = price + 1;
        if (mp || pf) (low, high) = _include(low, high, p);
        if (!mp && (mf || pf)) (low, high) = _include(low, high, f);
        if (!i.marketOpen) {
            if (i.anchor < low) low = i.anchor;
            if (i.anchor > high) high = i.anchor;
        }
        IPriceOracle.Mode mode =
            mp
                ? NORMAL
                : i.marketOpen
                    ? DEGRADED
                    : AFTER_HOURS;
        _expect(i, price, low, high, mode, mp || mf || (m != 0 && !pf) ? MAIN : PIVOT);
        return mode;
    }

    /// @dev No two of the prices lie between the tolerance of the lower and that of the higher, so either formula serves.
    function _near(uint256 a, uint256 b, uint256 part, uint256 whole) private pure returns (bool) {
        if (a == 0 || b == 0) return false;
        return a < b ? a * whole >= b * part : b * whole >= a * part;
    }

    function _include(uint256 low, uint256 high, uint256 price) private pure returns (uint256, uint256) {
        return (price < low ? price : low, price + 1 > high ? price + 1 : high);
    }

    function _count(Seen memory seen, IPriceOracle.Mode mode) private pure {
        if (mode == HALTED) seen.halted++;
        else if (mode == NORMAL) seen.normal++;
        else if (mode == DEGRADED) seen.degraded++;
        else seen.afterHours++;
    }

    // --- helpers ---

    function _freeMemory() private pure returns (uint256 free) {
        assembly ("memory-safe") {
            free := mload(0x40)
        }
    }

    /// @dev Thirty thousand quotes would otherwise pile up in memory, whose cost grows with its square.
    function _releaseTo(uint256 free) private pure {
        assembly ("memory-safe") {
            mstore(0x40, free)
        }
    }

    /// @dev 0 is a dead feed; a live one's price is not exact, so its ceil is one more.
    function _live(uint256 price) private pure returns (PriceSelection.Reading memory) {
        return PriceSelection.Reading(price != 0, price, price == 0 ? 0 : price + 1);
    }

    function _open(uint256 m, uint256 p, uint256 f) private pure returns (PriceSelection.Inputs memory) {
        return PriceSelection.Inputs(_live(m), _live(p), _live(f), PIVOT_BPS, FALLBACK_BPS, true, TRUTH, NOW, NOW);
    }

    function _closed(uint256 m, uint256 p, uint256 f) private pure returns (PriceSelection.Inputs memory i) {
        i = _open(m, p, f);
        i.marketOpen = false;
    }

    function _expectJump(uint256 age, uint256 price, bool allowed) private pure {
        PriceSelection.Inputs memory i = _open(price, 0, 0);
        i.anchorTime = NOW - age;
        if (allowed) _expect(i, price, price, price + 1, DEGRADED, MAIN);
        else _expectHalted(i);
    }

    function _expectHalted(PriceSelection.Inputs memory i) private pure {
        _expect(i, 0, 0, 0, HALTED, NONE);
    }

    function _expect(
        PriceSelection.Inputs memory i,
        uint256 price,
        uint256 low,
        uint256 high,
        IPriceOracle.Mode mode,
        IPriceOracle.Source source
    ) private pure {
        IPriceOracle.Quote memory quote = PriceSelection.select(i);
        assertEq(uint256(quote.mode), uint256(mode), "mode");
        assertEq(uint256(quote.source), uint256(source), "source");
        assertEq(quote.usdPerGram, price, "price");
        assertEq(quote.lowUsdPerGram, low, "low");
        assertEq(quote.highUsdPerGram, high, "high");
    }
}
