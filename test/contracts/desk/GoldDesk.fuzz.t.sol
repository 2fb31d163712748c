// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGoldDesk} from "../../../contracts/interfaces/IGoldDesk.sol";
import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {TestCoin} from "../lib/TestCoin.sol";
import {TestFeed} from "../lib/TestFeed.sol";
import {DeskTest} from "./DeskTest.sol";

/// @title Money paths of the desk under any price, spread, fee, peg and decimals
contract GoldDeskFuzzTest is DeskTest {
    TestCoin private six;
    TestFeed private sixFeed;

    /// @dev Dollars per gram with 18 decimals, coin in millionths of a dollar.
    struct Market {
        uint256 price;
        uint256 halfWidth;
        uint256 spreadBps;
        uint256 feeBps;
        uint256 coinMicroUsd;
    }

    function setUp() public {
        deployDesk();
        six = new TestCoin("Six", "SIX", 6);
        sixFeed = new TestFeed(6, 1e6);
        setCoin(address(six), address(sixFeed), 0);
        six.mint(alice, 1e15);
        vm.prank(alice);
        six.approve(address(desk), NEVER);
    }

    function prepare(Market memory m) private returns (Market memory) {
        m.price = bound(m.price, 10e18, 1_000e18);
        m.halfWidth = bound(m.halfWidth, 0, m.price / 50);
        m.spreadBps = bound(m.spreadBps, 0, 2_000);
        m.feeBps = bound(m.feeBps, 0, 500);
        m.coinMicroUsd = bound(m.coinMicroUsd, 0.98e6, 1.02e6);
        oracle.set(m.price, m.price - m.halfWidth, m.price + m.halfWidth, IPriceOracle.Mode.Normal);
        setFee(uint16(m.feeBps));
        setTerms(uint16(m.spreadBps), type(uint128).max, type(uint208).max);
        usdtFeed.set(int256(m.coinMicroUsd * 100));
        sixFeed.set(int256(m.coinMicroUsd));
        return m;
    }

    function buyOf(address coin, uint256 coinIn) private returns (uint256) {
        vm.prank(alice);
        return desk.buy(coin, coinIn, 0, block.timestamp);
    }

    function sellFor(address coin, uint256 grams) private returns (uint256) {
        vm.prank(alice);
        return desk.sell(coin, grams, 0, block.timestamp);
    }

    /// @dev In whole numbers and by one inequality: the buyer never gets a wei more than the exact rational number.
    function testFuzz_BuyNeverGivesMoreThanItsWorth(Market memory m, uint256 coinIn, bool sixDecimals) public {
        m = prepare(m);
        address coin = sixDecimals ? address(six) : address(usdt);
        uint256 unit = sixDecimals ? 1e6 : 1e18;
        coinIn = bound(coinIn, unit, 90_000 * unit);
        IGoldDesk.TradeQuote memory q = desk.quoteBuy(coin, coinIn);
        uint256 microUsd = m.coinMicroUsd < 1e6 ? m.coinMicroUsd : 1e6;
        uint256 gross = q.grams + q.feeGrams;
        // gross / 1e18 x high / 1e18 x (1 + spread) <= coinIn / unit x usdPerCoin, all of it multiplied out
        uint256 rate = (m.price + m.halfWidth) * (10_000 + m.spreadBps);
        uint256 worth = gross * rate * unit;
        uint256 paid = coinIn * microUsd * 1e34;
        assertLe(worth, paid, "gross");
        assertGe(q.feeGrams * 10_000, gross * m.feeBps, "fee");
        assertLt(q.feeGrams * 10_000, gross * m.feeBps + 10_000, "fee rounded once");
        // and less by the roundings only: of the grams (a wei), of the dollars (a wei), of the rate (a wei a gram)
        assertGe(worth + rate * unit + unit * 1e22 + (gross + 1) * unit * 1e4, paid, "not robbed");
    }

    function testFuzz_SellNeverPaysMoreThanItsWorth(Market memory m, uint256 grams, bool sixDecimals) public {
        m = prepare(m);
        address coin = sixDecimals ? address(six) : address(usdt);
        uint256 unit = sixDecimals ? 1e6 : 1e18;
        TestCoin(coin).mint(address(desk), 1e8 * unit);
        grams = bound(grams, 1e18, 9_000e18);
        IGoldDesk.TradeQuote memory q = desk.quoteSell(coin, grams);
        uint256 microUsd = m.coinMicroUsd > 1e6 ? m.coinMicroUsd : 1e6;
        uint256 net = grams - q.feeGrams;
        assertGe(q.feeGrams * 10_000, grams * m.feeBps, "fee");
        // coinOut / unit x usdPerCoin <= net / 1e18 x low x (1 - spread), dollars with 18 decimals on both sides
        uint256 given = (q.coinAmount * microUsd * 1e12) / unit;
        uint256 worth = (net * (m.price - m.halfWidth) * (10_000 - m.spreadBps)) / 10_000 / 1e18;
        assertLe(given, worth, "coins");
        assertGe(given + 2e12 + worth / 1e12, worth, "not robbed");
    }

    function testFuzz_TradeDoesWhatItsQuoteSays(Market memory m, uint256 coinIn, uint256 part) public {
        prepare(m);
        coinIn = bound(coinIn, 1e6, 90_000e18);
        IGoldDesk.TradeQuote memory q = desk.quoteBuy(address(usdt), coinIn);
        uint256 fees = staking.pendingFees();
        assertEq(buyOf(address(usdt), coinIn), q.grams);
        assertEq(token.balanceOf(alice), q.grams);
        assertEq(staking.pendingFees(), fees + q.feeGrams);

        part = bound(part, q.grams / 100 + 1, q.grams);
        fees = staking.pendingFees();
        (bool ok, bytes memory answer) = address(desk).staticcall(
            abi.encodeCall(desk.quoteSell, (address(usdt), part))
        );
        if (!ok) {
            vm.prank(alice);
            vm.expectRevert(answer);
            desk.sell(address(usdt), part, 0, block.timestamp);
            return;
        }
        q = abi.decode(answer, (IGoldDesk.TradeQuote));
        uint256 balance = usdt.balanceOf(alice);
        assertEq(sellFor(address(usdt), part), q.coinAmount);
        assertEq(usdt.balanceOf(alice), balance + q.coinAmount);
        assertEq(staking.pendingFees(), fees + q.feeGrams);
    }

    /// @dev Invariant 5: whatever the spread and the peg, and leaving with the other coin too.
    function testFuzz_RoundTripNeverPays(Market memory m, uint256 coinIn, bool otherCoin, uint256 pieces) public {
        prepare(m);
        coinIn = bound(coinIn, 1e15, 90_000e18);
        six.mint(address(desk), 1e6 * 1e6);
        uint256 grams = buyOf(address(usdt), coinIn);
        pieces = bound(pieces, 1, 5);
        uint256 dollars;
        for (uint256 i = 0; i < pieces; i++) {
            uint256 part = i == pieces - 1 ? grams : grams / pieces;
            if (part == 0) continue;
            grams -= part;
            vm.prank(alice);
            try desk.sell(otherCoin ? address(six) : address(usdt), part, 0, block.timestamp) returns (uint256 out) {
                dollars += otherCoin ? out * 1e12 : out;
            } catch {}
        }
        assertLe(dollars, coinIn);
    }

    function testFuzz_SellThenBuyNeverGains(Market memory m, uint256 grams) public {
        prepare(m);
        buyOf(address(usdt), 90_000e18);
        uint256 before = token.balanceOf(alice);
        grams = bound(grams, 1e9, before);
        uint256 coinOut = sellFor(address(usdt), grams);
        buyOf(address(usdt), coinOut);
        assertLe(token.balanceOf(alice), before);
    }

    /// @dev What the views call possible is possible, to the last wei or nearly, and more is refused.
    function testFuzz_SellableCanBeSold(Market memory m, uint256 liquidity) public {
        prepare(m);
        buyOf(address(usdt), 90_000e18);
        uint256 balance = usdt.balanceOf(address(desk));
        liquidity = bound(liquidity, 1e18, balance);
        vm.prank(treasurer);
        desk.withdraw(address(usdt), treasurer, balance - liquidity);
        uint256 sellable = desk.sellable(address(usdt));
        uint256 mine = token.balanceOf(alice);
        sellFor(address(usdt), sellable < mine ? sellable : mine);
        if (sellable < mine) assertLe(usdt.balanceOf(address(desk)), 2_000, "used up");
    }

    function testFuzz_BuyableIsTheMost(Market memory m, uint256 coinIn, uint256 reserved) public {
        prepare(m);
        reserved = bound(reserved, 0, 10_000e18 - 1e18);
        if (reserved != 0) {
            vm.prank(issuer);
            desk.reserve("order", reserved, uint48(block.timestamp + 1 hours));
        }
        uint256 buyable = desk.buyable();
        coinIn = bound(coinIn, 1e9, 9_000_000e18);
        (bool ok, bytes memory answer) = address(desk).staticcall(
            abi.encodeCall(desk.quoteBuy, (address(usdt), coinIn))
        );
        if (ok) {
            assertLe(abi.decode(answer, (IGoldDesk.TradeQuote)).grams, buyable);
            buyOf(address(usdt), coinIn);
            assertLe(token.totalSupply() + desk.headroomReserved(), 10_000e18, "never into what is reserved");
        } else {
            uint256 worth = (coinIn * 1e18) / (m.price + m.halfWidth);
            assertGe((worth * 10_000) / (10_000 - m.feeBps) + 1e9, buyable / 2, "refused for its size only");
        }
    }
}
