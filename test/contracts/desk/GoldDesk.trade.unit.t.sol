// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IGoldDesk} from "../../../contracts/interfaces/IGoldDesk.sol";
import {IGoldToken} from "../../../contracts/interfaces/IGoldToken.sol";
import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {TestCoin} from "../lib/TestCoin.sol";
import {TestFeed} from "../lib/TestFeed.sol";
import {DeskTest} from "./DeskTest.sol";
import {BlacklistCoin, FeeCoin, HookCoin} from "./HostileCoins.sol";

/// @title Buying and selling: what they do, and each reason to refuse
contract GoldDeskTradeTest is DeskTest {
    function setUp() public {
        deployDesk();
    }

    // --- BUY ---

    function test_BuyAtHighPlusSpread() public {
        uint256 gross = (1_000e18 * 1e18) / BUY_RATE;
        uint256 fee = divUp(gross * 25, 10_000);
        vm.expectEmit(address(desk));
        emit IGoldDesk.Bought(
            alice,
            address(usdt),
            1,
            1_000e18,
            gross - fee,
            fee,
            BUY_RATE,
            1e18,
            IPriceOracle.Quote(PRICE, LOW, HIGH, IPriceOracle.Mode.Normal, IPriceOracle.Source.Main)
        );
        assertEq(buy(1_000e18), gross - fee);
        assertEq(token.balanceOf(alice), gross - fee);
        assertEq(staking.pendingFees(), fee);
        assertEq(token.balanceOf(address(staking)), fee);
        assertEq(usdt.balanceOf(address(desk)), 1_000e18);
        assertEq(token.balanceOf(address(desk)), 0);
        assertEq(oracle.sequence(), 1, "recorded");
    }

    function test_BuyWithoutFee() public {
        setFee(0);
        assertEq(buy(1_000e18), (1_000e18 * 1e18) / BUY_RATE);
        assertEq(staking.pendingFees(), 0);
    }

    function test_CoinAboveOneCountsAsOneWhenItComesIn() public {
        usdtFeed.set(1.01e8);
        IGoldDesk.TradeQuote memory quote = desk.quoteBuy(address(usdt), 1_000e18);
        assertEq(quote.usdPerCoin, 1e18);
        assertEq(quote.usdPerGram, BUY_RATE);
    }

    function test_CoinBelowOneCountsForWhatItIsWhenItComesIn() public {
        usdtFeed.set(0.99e8);
        uint256 gross = (990e18 * 1e18) / BUY_RATE;
        assertEq(desk.quoteBuy(address(usdt), 1_000e18).usdPerCoin, 0.99e18);
        assertEq(buy(1_000e18), gross - divUp(gross * 25, 10_000));
    }

    function test_SpreadFollowsTheMode() public {
        assertEq(desk.quoteBuy(address(usdt), 1_000e18).spreadBps, 30);
        setMode(IPriceOracle.Mode.Degraded);
        assertEq(desk.quoteBuy(address(usdt), 1_000e18).usdPerGram, 131.401e18);
        setMode(IPriceOracle.Mode.AfterHours);
        assertEq(desk.quoteBuy(address(usdt), 1_000e18).usdPerGram, 132.702e18);
    }

    function test_BuyWithSixDecimals() public {
        TestCoin six = new TestCoin("Six", "SIX", 6);
        TestFeed feed = new TestFeed(18, 1e18);
        setCoin(address(six), address(feed), 0);
        six.mint(alice, 1_000e6);
        vm.startPrank(alice);
        six.approve(address(desk), NEVER);
        uint256 gross = (1_000e18 * 1e18) / BUY_RATE;
        assertEq(desk.buy(address(six), 1_000e6, 0, block.timestamp), gross - divUp(gross * 25, 10_000));
        vm.stopPrank();
    }

    function test_RevertWhen_FewerGramsThanAskedFor() public {
        uint256 grams = desk.quoteBuy(address(usdt), 1_000e18).grams;
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.TooLittle.selector, grams, grams + 1));
        desk.buy(address(usdt), 1_000e18, grams + 1, block.timestamp);
        assertEq(desk.buy(address(usdt), 1_000e18, grams, block.timestamp), grams);
        vm.stopPrank();
    }

    function test_RevertWhen_NothingIsBought() public {
        expectNoBuy(0, abi.encodeWithSelector(IGoldDesk.TooLittle.selector, 0, 1));
        expectNoBuy(1, abi.encodeWithSelector(IGoldDesk.TooLittle.selector, 0, 1));
    }

    function test_RevertWhen_DeadlinePassed() public {
        uint256 deadline = block.timestamp - 1;
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.DeadlinePassed.selector, deadline));
        desk.buy(address(usdt), 1e18, 0, deadline);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.DeadlinePassed.selector, deadline));
        desk.sell(address(usdt), 1e18, 0, deadline);
        vm.stopPrank();
    }

    function test_RevertWhen_NotEligible() public {
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.NotEligible.selector, stranger));
        desk.buy(address(usdt), 1e18, 0, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.NotEligible.selector, stranger));
        desk.sell(address(usdt), 1e18, 0, block.timestamp);
        vm.stopPrank();
    }

    // --- SELL ---

    function test_SellAtLowLessSpread() public {
        uint256 grams = buy(10_000e18);
        uint256 feesBefore = staking.pendingFees();
        uint256 fee = divUp(50e18 * 25, 10_000);
        uint256 coinOut = ((50e18 - fee) * SELL_RATE) / 1e18;
        vm.expectEmit(address(desk));
        emit IGoldDesk.Sold(
            alice,
            address(usdt),
            2,
            50e18,
            fee,
            coinOut,
            SELL_RATE,
            1e18,
            IPriceOracle.Quote(PRICE, LOW, HIGH, IPriceOracle.Mode.Normal, IPriceOracle.Source.Main)
        );
        assertEq(sell(50e18), coinOut);
        assertEq(token.balanceOf(alice), grams - 50e18);
        assertEq(token.totalSupply(), grams + feesBefore - (50e18 - fee), "the rest is burned");
        assertEq(staking.pendingFees(), feesBefore + fee);
        assertEq(usdt.balanceOf(alice), 10_000_000e18 - 10_000e18 + coinOut);
        assertEq(token.balanceOf(address(desk)), 0);
    }

    function test_SellWithoutFee() public {
        setFee(0);
        buy(10_000e18);
        assertEq(sell(50e18), (50e18 * SELL_RATE) / 1e18);
        assertEq(staking.pendingFees(), 0);
    }

    function test_CoinAboveOneCountsForWhatItIsWhenItGoesOut() public {
        buy(10_000e18);
        uint256 atOne = desk.quoteSell(address(usdt), 50e18).coinAmount;
        usdtFeed.set(1.01e8);
        assertEq(desk.quoteSell(address(usdt), 50e18).coinAmount, (atOne * 100) / 101);
        usdtFeed.set(0.99e8);
        assertEq(desk.quoteSell(address(usdt), 50e18).coinAmount, atOne);
    }

    function test_RevertWhen_FewerCoinsThanAskedFor() public {
        buy(10_000e18);
        uint256 coinOut = desk.quoteSell(address(usdt), 5e18).coinAmount;
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.TooLittle.selector, coinOut, coinOut + 1));
        desk.sell(address(usdt), 5e18, coinOut + 1, block.timestamp);
    }

    function test_RevertWhen_NothingIsSold() public {
        buy(10_000e18);
        expectNoSale(0, abi.encodeWithSelector(IGoldDesk.TooLittle.selector, 0, 1));
        expectNoSale(1, abi.encodeWithSelector(IGoldDesk.TooLittle.selector, 0, 1));
    }

    function test_RevertWhen_DeskIsShortOfCoins() public {
        uint256 grams = buy(10_000e18);
        vm.prank(treasurer);
        desk.withdraw(address(usdt), treasurer, 9_000e18);
        uint256 coinOut = ((grams - divUp(grams * 25, 10_000)) * SELL_RATE) / 1e18;
        expectNoSale(
            grams,
            abi.encodeWithSelector(IGoldDesk.InsufficientLiquidity.selector, address(usdt), coinOut, 1_000e18)
        );
    }

    function test_RevertWhen_TransfersArePaused() public {
        buy(10_000e18);
        vm.prank(guardian);
        token.pauseTransfers(1 hours);
        expectNoSale(
            1e18,
            abi.encodeWithSelector(IGoldToken.TransfersArePaused.selector, uint48(block.timestamp + 1 hours))
        );
        assertEq(desk.sellable(address(usdt)), 0);
        buy(1_000e18);
    }

    // --- WHEN NOBODY TRADES ---

    function test_RevertWhen_Halted() public {
        buy(10_000e18);
        oracle.halt();
        expectNoBuy(1e18, abi.encodePacked(IGoldDesk.DealingHalted.selector));
        expectNoSale(1e18, abi.encodePacked(IGoldDesk.DealingHalted.selector));
        assertEq(desk.buyable(), 0);
        assertEq(desk.sellable(address(usdt)), 0);
    }

    function test_RevertWhen_Paused() public {
        buy(10_000e18);
        vm.prank(guardian);
        desk.pauseDealing(1 days);
        bytes memory reason = abi.encodeWithSelector(IGoldDesk.DealingIsPaused.selector, block.timestamp + 1 days);
        expectNoBuy(1e18, reason);
        expectNoSale(1e18, reason);
        assertEq(desk.buyable(), 0);
        assertEq(desk.sellable(address(usdt)), 0);
        skip(1 days);
        buy(1e18);
    }

    function test_RevertWhen_CoinIsNotDealtIn() public {
        address coin = makeAddr("coin");
        bytes memory reason = abi.encodeWithSelector(IGoldDesk.CoinNotAccepted.selector, coin);
        vm.expectRevert(reason);
        desk.quoteBuy(coin, 1e18);
        vm.expectRevert(reason);
        desk.quoteSell(coin, 1e18);
        vm.startPrank(alice);
        vm.expectRevert(reason);
        desk.buy(coin, 1e18, 0, block.timestamp);
        vm.expectRevert(reason);
        desk.buyWithPermit(coin, 1e18, 0, block.timestamp, 27, 0, 0);
        vm.stopPrank();
        assertEq(desk.sellable(coin), 0);
    }

    function test_RevertWhen_CoinIsOffItsPeg() public {
        buy(10_000e18);
        int256[2] memory off = [int256(0.98e8 - 1), 1.02e8 + 1];
        for (uint256 i = 0; i < 2; i++) {
            usdtFeed.set(off[i]);
            bytes memory reason = abi.encodeWithSelector(
                IGoldDesk.CoinOffPeg.selector,
                address(usdt),
                uint256(off[i]) * 1e10
            );
            expectNoBuy(1e18, reason);
            expectNoSale(1e18, reason);
            assertEq(desk.sellable(address(usdt)), 0);
        }
        usdtFeed.set(0.98e8);
        buy(1e18);
        usdtFeed.set(1.02e8);
        buy(1e18);
    }

    function test_RevertWhen_CoinFeedIsDead() public {
        buy(10_000e18);
        bytes memory reason = abi.encodeWithSelector(IGoldDesk.CoinFeedDead.selector, address(usdt));
        usdtFeed.setBehaviour(TestFeed.Behaviour.Revert);
        expectNoBuy(1e18, reason);
        usdtFeed.setBehaviour(TestFeed.Behaviour.ShortData);
        expectNoSale(1e18, reason);
        usdtFeed.setBehaviour(TestFeed.Behaviour.Answer);
        usdtFeed.set(-1);
        expectNoBuy(1e18, reason);
        usdtFeed.setAt(1e8, block.timestamp - COIN_HEARTBEAT - 1);
        expectNoBuy(1e18, reason);
        assertEq(desk.sellable(address(usdt)), 0);
        usdtFeed.setAt(1e8, block.timestamp - COIN_HEARTBEAT);
        buy(1e18);
    }

    // --- LIMITS ---

    function test_RevertWhen_TradeIsTooLarge() public {
        setFee(0);
        setTerms(30, 10e18, 100e18);
        uint256 coinIn = (10e18 * BUY_RATE) / 1e18;
        expectNoBuy(coinIn + 131, abi.encodeWithSelector(IGoldDesk.TradeTooLarge.selector, 10e18 + 1, 10e18));
        buy(coinIn);
        expectNoSale(10e18 + 1, abi.encodeWithSelector(IGoldDesk.TradeTooLarge.selector, 10e18 + 1, 10e18));
        sell(9e18);
    }

    function test_HourlyLimitsRefillAndDoNotMix() public {
        setFee(0);
        buy(40e18 * 131);
        setTerms(30, 10e18, 10e18);
        assertEq(desk.buyable(), 0, "what was used stays used under a lower limit");
        skip(4 hours + 10 minutes);
        uint256 coinIn = (10e18 * BUY_RATE) / 1e18;
        buy(coinIn);
        assertEq(desk.hourlyAvailable(IPriceOracle.Mode.Normal, true), 0);
        assertEq(desk.hourlyAvailable(IPriceOracle.Mode.Normal, false), 10e18, "buys never stand in the way of sells");
        assertEq(desk.buyable(), 0);
        expectNoBuy(1e18, abi.encodeWithSelector(IGoldDesk.HourlyLimitExceeded.selector, 1e36 / BUY_RATE, 0));
        sell(10e18);
        expectNoSale(1e18, abi.encodeWithSelector(IGoldDesk.HourlyLimitExceeded.selector, 1e18, 0));
        assertEq(desk.sellable(address(usdt)), 0);

        skip(30 minutes);
        assertEq(desk.buyable(), 5e18);
        assertEq(desk.hourlyAvailable(IPriceOracle.Mode.Normal, false), 5e18);
        setMode(IPriceOracle.Mode.Degraded);
        assertEq(desk.buyable(), 500e18, "each mode has its own");
    }

    function test_RevertedTradeUsesNothing() public {
        uint256 before = desk.hourlyAvailable(IPriceOracle.Mode.Normal, true);
        vm.prank(alice);
        vm.expectRevert();
        desk.buy(address(usdt), 1_000e18, 1_000e18, block.timestamp);
        assertEq(desk.hourlyAvailable(IPriceOracle.Mode.Normal, true), before);
    }

    function test_BuysUpToTheHeadroomOnly() public {
        setFee(0);
        setTerms(0, type(uint128).max, type(uint208).max);
        assertEq(desk.buyable(), 10_000e18);
        uint256 all = 10_000 * HIGH;
        expectNoBuy(all + 131, abi.encodeWithSelector(IGoldDesk.NoHeadroom.selector, 10_000e18 + 1, 10_000e18));
        buy(all);
        assertEq(token.mintable(), 0);
        assertEq(desk.buyable(), 0);
        expectNoBuy(131, abi.encodeWithSelector(IGoldDesk.NoHeadroom.selector, 1, 0));
    }

    function test_BuysUpToTheTokensLimitOnly() public {
        setFee(0);
        vm.prank(guardian);
        token.lowerMintLimit(address(desk), 5e18);
        assertEq(desk.buyable(), 5e18);
        uint256 gross = (1_000e18 * 1e18) / BUY_RATE;
        expectNoBuy(
            1_000e18,
            abi.encodeWithSelector(IGoldToken.MintLimitExceeded.selector, address(desk), gross, 5e18)
        );
        buy((5e18 * BUY_RATE) / 1e18);
    }

    function test_RevertWhen_MintingIsPaused() public {
        vm.prank(guardian);
        token.pauseMinting(1 days);
        assertEq(desk.buyable(), 0);
        expectNoBuy(
            1e18,
            abi.encodeWithSelector(IGoldToken.MintingIsPaused.selector, uint48(block.timestamp + 1 days))
        );
    }

    function test_RevertWhen_AttestationIsTooOld() public {
        uint48 attestedAt = uint48(block.timestamp);
        skip(MAX_ATTESTATION_AGE);
        usdtFeed.touch();
        buy(1e18);
        skip(1);
        assertEq(desk.buyable(), 0);
        expectNoBuy(
            1e18,
            abi.encodeWithSelector(IGoldToken.AttestationTooOld.selector, attestedAt, MAX_ATTESTATION_AGE)
        );
    }

    function test_BuyableIsWhatCanBeBoughtNetOfFee() public {
        setTerms(30, 100e18, 1_000e18);
        assertEq(desk.buyable(), 99.75e18);
        uint256 grams = buy((100e18 * BUY_RATE) / 1e18);
        assertEq(grams, 99.75e18);
    }

    function test_SellableIsWhatTheCoinsSufficeFor() public {
        buy(10_000e18);
        vm.prank(treasurer);
        desk.withdraw(address(usdt), treasurer, 9_000e18);
        uint256 sellable = desk.sellable(address(usdt));
        uint256 coinOut = desk.quoteSell(address(usdt), sellable).coinAmount;
        assertLe(coinOut, 1_000e18);
        assertApproxEqAbs(coinOut, 1_000e18, 400);
        sell(sellable);
        assertEq(desk.sellable(address(usdc)), 0, "no coins of the other kind");
    }

    // --- PERMIT ---

    function test_BuyWithPermit() public {
        vm.prank(alice);
        usdc.approve(address(desk), 0);
        bytes32 digest = permitDigest(usdc.DOMAIN_SEPARATOR(), alice, 1_000e18, 0, block.timestamp);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(aliceKey, digest);
        vm.prank(alice);
        assertGt(desk.buyWithPermit(address(usdc), 1_000e18, 0, block.timestamp, v, r, s), 0);
        assertEq(usdc.allowance(alice, address(desk)), 0);
    }

    function test_BuyWithPermitThatSomebodyBroughtBefore() public {
        vm.prank(alice);
        usdc.approve(address(desk), 0);
        bytes32 digest = permitDigest(usdc.DOMAIN_SEPARATOR(), alice, 1_000e18, 0, block.timestamp);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(aliceKey, digest);
        usdc.permit(alice, address(desk), 1_000e18, block.timestamp, v, r, s);
        vm.prank(alice);
        assertGt(desk.buyWithPermit(address(usdc), 1_000e18, 0, block.timestamp, v, r, s), 0);
    }

    function test_RevertWhen_PermitIsFalse() public {
        vm.startPrank(alice);
        usdc.approve(address(desk), 0);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(desk), 0, 1_000e18)
        );
        desk.buyWithPermit(address(usdc), 1_000e18, 0, block.timestamp, 27, bytes32(uint256(1)), bytes32(uint256(1)));
        vm.stopPrank();
    }

    function test_SellWithPermit() public {
        buy(10_000e18);
        vm.prank(alice);
        token.approve(address(desk), 0);
        bytes32 digest = permitDigest(token.DOMAIN_SEPARATOR(), alice, 5e18, 0, block.timestamp);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(aliceKey, digest);
        token.permit(alice, address(desk), 5e18, block.timestamp, v, r, s);
        vm.prank(alice);
        assertGt(desk.sellWithPermit(address(usdt), 5e18, 0, block.timestamp, v, r, s), 0, "brought before");

        digest = permitDigest(token.DOMAIN_SEPARATOR(), alice, 5e18, 1, block.timestamp);
        (v, r, s) = vm.sign(aliceKey, digest);
        vm.prank(alice);
        assertGt(desk.sellWithPermit(address(usdt), 5e18, 0, block.timestamp, v, r, s), 0);
    }

    // --- HOSTILE COINS ---

    function test_RevertWhen_CoinTakesAFee() public {
        FeeCoin coin = new FeeCoin();
        setCoin(address(coin), address(usdtFeed), 0);
        coin.mint(alice, 10_000e18);
        vm.startPrank(alice);
        coin.approve(address(desk), NEVER);
        desk.buy(address(coin), 1_000e18, 0, block.timestamp);
        coin.take(true);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.CoinTookFee.selector, address(coin), 1_000e18, 990e18));
        desk.buy(address(coin), 1_000e18, 0, block.timestamp);
        uint256 coinOut = desk.quoteSell(address(coin), 1e18).coinAmount;
        vm.expectRevert(
            abi.encodeWithSelector(IGoldDesk.CoinTookFee.selector, address(coin), coinOut, coinOut - coinOut / 100)
        );
        desk.sell(address(coin), 1e18, 0, block.timestamp);
        vm.stopPrank();
    }

    function test_NoReentryFromACoin() public {
        HookCoin coin = new HookCoin();
        setCoin(address(coin), address(usdtFeed), 0);
        coin.mint(alice, 10_000e18);
        vm.startPrank(alice);
        coin.approve(address(desk), NEVER);
        bytes[4] memory calls = [
            abi.encodeCall(desk.buy, (address(coin), 1e18, 0, block.timestamp)),
            abi.encodeCall(desk.sell, (address(coin), 1e18, 0, block.timestamp)),
            abi.encodeCall(desk.buyWithPermit, (address(coin), 1e18, 0, block.timestamp, 27, 0, 0)),
            abi.encodeCall(desk.sellWithPermit, (address(coin), 1e18, 0, block.timestamp, 27, 0, 0))
        ];
        bytes memory refusal = abi.encodePacked(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        for (uint256 i = 0; i < calls.length; i++) {
            coin.arm(address(desk), calls[i]);
            desk.buy(address(coin), 1_000e18, 0, block.timestamp);
            assertFalse(coin.succeeded());
            assertEq(coin.answer(), refusal);
            desk.sell(address(coin), 1e18, 0, block.timestamp);
            assertEq(coin.answer(), refusal);
        }
        vm.stopPrank();
    }

    function test_RefusedSellerKeepsTheirGold() public {
        BlacklistCoin coin = new BlacklistCoin();
        setCoin(address(coin), address(usdtFeed), 0);
        coin.mint(alice, 10_000e18);
        vm.startPrank(alice);
        coin.approve(address(desk), NEVER);
        uint256 grams = desk.buy(address(coin), 1_000e18, 0, block.timestamp);
        coin.refuse(alice);
        vm.expectRevert(abi.encodeWithSelector(BlacklistCoin.Refused.selector, alice));
        desk.sell(address(coin), 1e18, 0, block.timestamp);
        vm.stopPrank();
        assertEq(token.balanceOf(alice), grams);
    }
}
