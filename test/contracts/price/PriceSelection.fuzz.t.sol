// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {PriceSelection} from "../../../contracts/price/PriceSelection.sol";
import {Test} from "../lib/Test.sol";

/// @title What must hold whatever the feeds say
contract PriceSelectionFuzzTest is Test {
    uint256 internal constant NOW = 1_795_014_000;

    /// @dev Low <= price <= high; a halt is all zero; a price comes from a live feed and its mode fits the market.
    function testFuzz_quoteIsSound(
        uint256[3] memory prices,
        uint8 states,
        uint256 pivotBps,
        uint256 fallbackBps,
        uint256 anchor,
        uint256 age
    ) public pure {
        PriceSelection.Inputs memory i = _inputs(prices, states, pivotBps, fallbackBps, anchor, age);
        IPriceOracle.Quote memory quote = PriceSelection.select(i);
        if (quote.mode == IPriceOracle.Mode.Halted) {
            assertEq(quote.usdPerGram + quote.lowUsdPerGram + quote.highUsdPerGram, 0, "halted is zero");
            assertEq(uint256(quote.source), uint256(IPriceOracle.Source.None), "halted has no source");
            return;
        }
        assertLe(quote.lowUsdPerGram, quote.usdPerGram, "low <= price");
        assertLe(quote.usdPerGram, quote.highUsdPerGram, "price <= high");
        bool afterHours = quote.mode == IPriceOracle.Mode.AfterHours;
        assertEq(afterHours, !i.marketOpen, "mode fits the market");
        if (quote.source == IPriceOracle.Source.Main) {
            assertTrue(i.main.live && i.marketOpen, "MAIN is live");
            assertEq(quote.usdPerGram, i.main.floor, "price is MAIN's");
        } else {
            assertTrue(quote.source == IPriceOracle.Source.Pivot && i.pivot.live, "PIVOT is live");
            assertEq(quote.usdPerGram, i.pivot.floor, "price is PIVOT's");
        }
        if (afterHours) {
            assertGe(quote.usdPerGram * 10_000, i.anchor * 9_500, "band below");
            assertLe(quote.usdPerGram * 10_000, i.anchor * 10_250, "band above");
            assertLe(quote.lowUsdPerGram, i.anchor, "low includes the close");
            assertGe(quote.highUsdPerGram, i.anchor, "high includes the close");
        }
    }

    /// @dev One liar, one honest live feed at least: the true price within the tolerances, or Halted.
    function testFuzz_oneLiarNeverMovesThePrice(
        uint8 liar,
        uint256 lie,
        uint256 truth,
        uint8 dead,
        bool marketOpen,
        uint256 age
    ) public pure {
        truth = bound(truth, 1e18, 1_000e18);
        lie = bound(lie, 1, 10_000e18);
        liar = uint8(bound(liar, 0, 2));
        uint256[3] memory prices = [truth, truth, truth];
        prices[liar] = lie;
        PriceSelection.Inputs memory i = _inputs(prices, 7, 50, 150, truth, 0);
        i.marketOpen = marketOpen;
        i.anchorTime = NOW - bound(age, 0, 10 days);
        // At most one of the honest feeds may be dead as well, and with the market closed MAIN is.
        uint256 honestLive = 2;
        if (dead % 3 == 0 && liar != 0) (i.main, honestLive) = (_reading(false, truth), honestLive - 1);
        else if (dead % 3 == 1 && liar != 1) (i.pivot, honestLive) = (_reading(false, truth), honestLive - 1);
        else if (dead % 3 == 2 && liar != 2) (i.fallback_, honestLive) = (_reading(false, truth), honestLive - 1);
        if (!marketOpen && liar != 0 && i.main.live) honestLive--;
        vm.assume(honestLive != 0);
        vm.assume(marketOpen || liar != 0); // MAIN can't lie on a Saturday: it is not asked

        IPriceOracle.Quote memory quote = PriceSelection.select(i);
        if (quote.mode == IPriceOracle.Mode.Halted) return;
        // 150 bps of the lower of the two, so a little less than 1.5% down from the truth, and 1.5% up.
        assertLe(quote.usdPerGram * 1_000, truth * 1_015, "up");
        assertGe(quote.usdPerGram * 1_015, truth * 1_000, "down");
        // The truth lies within the range that is traded on, so no trade is better than the truth.
        assertLe(quote.lowUsdPerGram, truth, "low");
        assertGe(quote.highUsdPerGram, truth, "high");
    }

    /// @dev Alone the liar is held by the anchor: 15% at most, whatever the age.
    function testFuzz_aLoneLiarIsHeldByTheAnchor(uint256 lie, uint256 anchor, uint256 age, bool isMain) public pure {
        anchor = bound(anchor, 1e18, 1_000e18);
        lie = bound(lie, anchor / 2, anchor * 2);
        age = bound(age, 0, 365 days);
        PriceSelection.Inputs memory i = _inputs([lie, lie, lie], 7, 50, 150, anchor, age);
        i.marketOpen = true;
        (i.main.live, i.pivot.live, i.fallback_.live) = (isMain, !isMain, false);
        IPriceOracle.Quote memory quote = PriceSelection.select(i);
        if (quote.mode == IPriceOracle.Mode.Halted) return;
        uint256 off = lie > anchor ? lie - anchor : anchor - lie;
        assertLe(off * 100, anchor * 15, "most");
        if (age < 1 hours) assertLe(off * 100, anchor * 6, "within the hour");
    }

    /// @dev Two honest live feeds within tolerance of each other: never Halted, whatever the third says.
    function testFuzz_aLiarCannotHaltTwoHonestFeeds(uint8 liar, uint256 lie, uint256 truth, uint256 noise) public pure {
        truth = bound(truth, 1e18, 1_000e18);
        lie = bound(lie, 1, 10_000e18);
        liar = uint8(bound(liar, 0, 2));
        uint256 near = truth + (truth * bound(noise, 0, 50)) / 10_000;
        uint256[3] memory prices = [truth, near, truth];
        prices[liar] = lie;
        PriceSelection.Inputs memory i = _inputs(prices, 7, 50, 150, 0, 0);
        i.marketOpen = true;
        assertTrue(PriceSelection.select(i).mode != IPriceOracle.Mode.Halted, "halted by a liar");
    }

    function testFuzz_agreementIsSymmetric(uint256 a, uint256 b, uint256 bps) public pure {
        PriceSelection.Reading memory x = _reading(true, bound(a, 1, 2 ** 80));
        PriceSelection.Reading memory y = _reading(true, bound(b, 1, 2 ** 80));
        bps = bound(bps, 0, 1_000);
        assertEq(PriceSelection.agree(x, y, bps), PriceSelection.agree(y, x, bps));
    }

    /// @dev `states`: bit 0 MAIN live, bit 1 PIVOT live, bit 2 FALLBACK live, bit 3 market closed.
    function _inputs(
        uint256[3] memory prices,
        uint8 states,
        uint256 pivotBps,
        uint256 fallbackBps,
        uint256 anchor,
        uint256 age
    ) private pure returns (PriceSelection.Inputs memory i) {
        // Within a few percent of each other, or the feeds would never agree by chance.
        uint256 base = bound(prices[0], 1, 2 ** 79);
        i.main = _reading(states & 1 != 0, base);
        i.pivot = _reading(states & 2 != 0, _around(base, prices[1], states));
        i.fallback_ = _reading(states & 4 != 0, _around(base, prices[2], states));
        i.pivotBps = bound(pivotBps, 0, 1_000);
        i.fallbackBps = bound(fallbackBps, 0, 1_000);
        i.marketOpen = states & 8 == 0;
        i.anchor = states & 7 == 7 ? bound(anchor, 0, 2 ** 79) : _around(base, anchor, 0);
        i.anchorTime = NOW - bound(age, 0, NOW);
        i.time = NOW;
    }

    /// @dev With all feeds live the price is taken as it is; else it is put within 5% of `base`.
    function _around(uint256 base, uint256 price, uint8 states) private pure returns (uint256) {
        if (states & 15 == 7) return bound(price, 1, 2 ** 79);
        return bound(price, base - base / 20, base + base / 20);
    }

    function _reading(bool live, uint256 price) private pure returns (PriceSelection.Reading memory) {
        return PriceSelection.Reading(live, price, price + 1);
    }
}
