// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {GoldDesk} from "../../../contracts/desk/GoldDesk.sol";
import {IGoldDesk} from "../../../contracts/interfaces/IGoldDesk.sol";
import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {TestCoin} from "../lib/TestCoin.sol";
import {TestFeed} from "../lib/TestFeed.sol";
import {DeskTest} from "./DeskTest.sol";

/// @title What guardian and treasurer may do to the desk, and nobody else
contract GoldDeskAdminTest is DeskTest {
    function setUp() public {
        deployDesk();
    }

    function assertTerms(IPriceOracle.Mode mode, uint256 spread, uint256 most, uint256 hourly) private view {
        IGoldDesk.Terms memory terms = desk.terms(mode);
        assertEq(terms.spreadBps, spread);
        assertEq(terms.maxGrams, most);
        assertEq(terms.hourlyGrams, hourly);
    }

    // --- CONSTRUCTION ---

    function test_Initialized() public view {
        assertEq(desk.authority(), address(manager));
        assertEq(desk.feeBps(), FEE_BPS);
        assertTerms(IPriceOracle.Mode.Normal, SPREAD_BPS, 2_000e18, 10_000e18);
        assertTerms(IPriceOracle.Mode.Degraded, 100, 500e18, 1_000e18);
        assertTerms(IPriceOracle.Mode.AfterHours, 200, 100e18, 200e18);
        assertTerms(IPriceOracle.Mode.Halted, 0, 0, 0);
        (uint208 hourly, uint256 available) = desk.issuerLimit();
        assertEq(hourly, 10_000e18);
        assertEq(available, 10_000e18);
        address[] memory coins = desk.coins();
        assertEq(coins.length, 2);
        assertEq(coins[0], address(usdt));
        assertEq(coins[1], address(usdc));
    }

    function test_RevertWhen_InitializedAgain() public {
        IGoldDesk.Terms memory terms = normalTerms();
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        desk.initialize(address(this), 0, terms, terms, terms);
        GoldDesk implementation = new GoldDesk(token, IPriceOracle(address(oracle)), registry, staking);
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        implementation.initialize(address(this), 0, terms, terms, terms);
    }

    function test_StorageStandsWhereItsNameSays() public {
        vm.prank(guardian);
        desk.pauseDealing(1 days);
        bytes32 slot =
            keccak256(abi.encode(uint256(keccak256("eaurum.storage.GoldDesk")) - 1)) & ~bytes32(uint256(0xff));
        assertEq(uint48(uint256(vm.load(address(desk), slot))), block.timestamp + 1 days);
    }

    function test_OnlyUpgraderUpgrades() public {
        GoldDesk next = new GoldDesk(token, IPriceOracle(address(oracle)), registry, staking);
        vm.prank(treasurer);
        expectUnauthorized(treasurer);
        desk.upgradeToAndCall(address(next), "");
        vm.prank(upgrader);
        desk.upgradeToAndCall(address(next), "");
        assertTerms(IPriceOracle.Mode.Normal, SPREAD_BPS, 2_000e18, 10_000e18);
    }

    function test_FitsIntoABlockchain() public {
        GoldDesk implementation = new GoldDesk(token, IPriceOracle(address(oracle)), registry, staking);
        assertLe(address(implementation).code.length, 24_576);
    }

    // --- ROLES ---

    function test_EachFunctionHasItsRole() public {
        bytes[13] memory calls = [
            abi.encodeCall(desk.pauseDealing, (1)),
            abi.encodeCall(desk.lowerTerms, (IPriceOracle.Mode.Normal, someTerms(31, 2_000e18, 10_000e18))),
            abi.encodeCall(desk.disableCoin, (address(usdt))),
            abi.encodeCall(desk.lowerIssuerLimit, (1)),
            abi.encodeCall(desk.resumeDealing, ()),
            abi.encodeCall(desk.raiseTerms, (IPriceOracle.Mode.Normal, normalTerms())),
            abi.encodeCall(desk.setCoin, (address(usdt), address(usdtFeed), 1, 0)),
            abi.encodeCall(desk.setFee, (1)),
            abi.encodeCall(desk.withdraw, (address(usdt), treasurer, 0)),
            abi.encodeCall(desk.raiseIssuerLimit, (20_000e18)),
            abi.encodeCall(desk.settle, ("order", alice, 1_000e18, 0)),
            abi.encodeCall(desk.reserve, ("another", 1e18, uint48(block.timestamp + 1))),
            abi.encodeCall(desk.releaseOrder, ("another"))
        ];
        address[3] memory holders = [guardian, treasurer, issuer];
        for (uint256 i = 0; i < calls.length; i++) {
            address holder =
                i < 4
                    ? guardian
                    : i < 10
                        ? treasurer
                        : issuer;
            for (uint256 j = 0; j < 3; j++) {
                if (holders[j] == holder) continue;
                vm.prank(holders[j]);
                (bool ok, bytes memory answer) = address(desk).call(calls[i]);
                assertFalse(ok);
                assertEq(answer, abi.encodeWithSignature("AccessManagedUnauthorized(address)", holders[j]));
            }
            vm.prank(holder);
            (bool done, ) = address(desk).call(calls[i]);
            assertTrue(done, "its holder may");
        }
    }

    // --- PAUSE ---

    function test_PauseEndsByItself() public {
        vm.expectEmit(address(desk));
        emit IGoldDesk.DealingPaused(guardian, uint48(block.timestamp + 7 days));
        vm.prank(guardian);
        desk.pauseDealing(7 days);
        assertEq(desk.dealingPausedUntil(), block.timestamp + 7 days);

        vm.startPrank(guardian);
        desk.pauseDealing(1);
        assertEq(desk.dealingPausedUntil(), block.timestamp + 7 days, "never shortened");
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InvalidDuration.selector, 0));
        desk.pauseDealing(0);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InvalidDuration.selector, 7 days + 1));
        desk.pauseDealing(7 days + 1);
        vm.stopPrank();

        vm.expectEmit(address(desk));
        emit IGoldDesk.DealingResumed(treasurer);
        vm.prank(treasurer);
        desk.resumeDealing();
        buy(1_000e18);
    }

    // --- TERMS ---

    function test_GuardianOnlyTightens() public {
        IGoldDesk.Terms memory tighter = someTerms(31, 1_999e18, 9_999e18);
        vm.expectEmit(address(desk));
        emit IGoldDesk.TermsChanged(IPriceOracle.Mode.Normal, tighter);
        vm.startPrank(guardian);
        desk.lowerTerms(IPriceOracle.Mode.Normal, tighter);
        assertTerms(IPriceOracle.Mode.Normal, 31, 1_999e18, 9_999e18);
        IGoldDesk.Terms[4] memory looser = [
            tighter,
            someTerms(30, 1_999e18, 9_999e18),
            someTerms(31, 1_999e18 + 1, 9_999e18),
            someTerms(31, 1_999e18, 9_999e18 + 1)
        ];
        for (uint256 i = 0; i < 4; i++) {
            vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InvalidTerms.selector, IPriceOracle.Mode.Normal));
            desk.lowerTerms(IPriceOracle.Mode.Normal, looser[i]);
        }
        vm.stopPrank();
    }

    function test_RevertWhen_TermsMakeNoSense() public {
        vm.startPrank(treasurer);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InvalidTerms.selector, IPriceOracle.Mode.Halted));
        desk.raiseTerms(IPriceOracle.Mode.Halted, someTerms(1, 1, 1));
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InvalidTerms.selector, IPriceOracle.Mode.Normal));
        desk.raiseTerms(IPriceOracle.Mode.Normal, someTerms(2_001, 1, 1));
        desk.raiseTerms(IPriceOracle.Mode.Normal, someTerms(2_000, 1, 1));
        vm.stopPrank();
    }

    function test_ZeroLimitsMeanNothing() public {
        setTerms(30, 0, 10_000e18);
        assertEq(desk.buyable(), 0);
        setTerms(30, 100e18, 0);
        assertEq(desk.buyable(), 0);
        uint256 gross = (1_000e18 * 1e18) / BUY_RATE;
        expectNoBuy(1_000e18, abi.encodeWithSelector(IGoldDesk.HourlyLimitExceeded.selector, gross, 0));
    }

    function test_IssuerLimit() public {
        vm.startPrank(guardian);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InvalidIssuerLimit.selector, 10_000e18));
        desk.lowerIssuerLimit(10_000e18);
        vm.expectEmit(address(desk));
        emit IGoldDesk.IssuerLimitChanged(10_000e18, 5e18);
        desk.lowerIssuerLimit(5e18);
        vm.stopPrank();
        vm.startPrank(treasurer);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InvalidIssuerLimit.selector, 5e18));
        desk.raiseIssuerLimit(5e18);
        desk.raiseIssuerLimit(6e18);
        vm.stopPrank();
        (uint208 hourly, ) = desk.issuerLimit();
        assertEq(hourly, 6e18);
    }

    function test_Fee() public {
        vm.startPrank(treasurer);
        vm.expectEmit(address(desk));
        emit IGoldDesk.FeeChanged(FEE_BPS, 500);
        desk.setFee(500);
        assertEq(desk.feeBps(), 500);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InvalidFee.selector, 501));
        desk.setFee(501);
        vm.stopPrank();
    }

    // --- COINS ---

    function test_SetCoinReadsDecimals() public {
        TestCoin coin = new TestCoin("Six", "SIX", 6);
        TestFeed feed = new TestFeed(18, 1e18);
        IGoldDesk.Coin memory config = IGoldDesk.Coin(address(feed), COIN_HEARTBEAT, 6, 18, true, 500e6);
        vm.expectEmit(address(desk));
        emit IGoldDesk.CoinChanged(address(coin), config);
        setCoin(address(coin), address(feed), 500e6);
        assertEq(keccak256(abi.encode(desk.coinConfig(address(coin)))), keccak256(abi.encode(config)));
        assertEq(desk.coins().length, 3);
        setCoin(address(coin), address(usdtFeed), 0);
        assertEq(desk.coins().length, 3, "listed once");
        assertEq(desk.coinConfig(address(coin)).feedDecimals, 8);
    }

    function test_RevertWhen_CoinMakesNoSense() public {
        TestCoin fine = new TestCoin("Fine", "FINE", 31);
        TestFeed fineFeed = new TestFeed(19, 1e19);
        vm.startPrank(treasurer);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InvalidCoin.selector, address(token)));
        desk.setCoin(address(token), address(usdtFeed), 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InvalidCoin.selector, address(usdt)));
        desk.setCoin(address(usdt), address(usdtFeed), 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InvalidCoin.selector, address(fine)));
        desk.setCoin(address(fine), address(usdtFeed), 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InvalidCoin.selector, address(usdt)));
        desk.setCoin(address(usdt), address(fineFeed), 1, 0);
        vm.expectRevert();
        desk.setCoin(makeAddr("nothing"), address(usdtFeed), 1, 0);
        vm.stopPrank();
    }

    function test_DisableCoin() public {
        vm.startPrank(guardian);
        desk.disableCoin(address(usdt));
        assertFalse(desk.coinConfig(address(usdt)).enabled);
        bytes memory reason = abi.encodeWithSelector(IGoldDesk.CoinNotAccepted.selector, address(usdt));
        vm.expectRevert(reason);
        desk.disableCoin(address(usdt));
        vm.stopPrank();
        expectNoBuy(1e18, reason);
        expectNoSale(1e18, reason);
    }

    // --- WITHDRAW ---

    function test_WithdrawLeavesTheFloor() public {
        buy(10_000e18);
        setCoin(address(usdt), address(usdtFeed), 4_000e18);
        vm.startPrank(treasurer);
        vm.expectRevert(
            abi.encodeWithSelector(IGoldDesk.InsufficientLiquidity.selector, address(usdt), 6_000e18 + 1, 6_000e18)
        );
        desk.withdraw(address(usdt), treasurer, 6_000e18 + 1);
        vm.expectEmit(address(desk));
        emit IGoldDesk.Withdrawn(address(usdt), treasurer, 6_000e18);
        desk.withdraw(address(usdt), treasurer, 6_000e18);
        vm.stopPrank();
        assertEq(usdt.balanceOf(treasurer), 6_000e18);
        sell(10e18);
        vm.prank(treasurer);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InsufficientLiquidity.selector, address(usdt), 1, 0));
        desk.withdraw(address(usdt), treasurer, 1);
    }

    function test_CoinThatIsOffHasNoFloor() public {
        buy(10_000e18);
        setCoin(address(usdt), address(usdtFeed), 4_000e18);
        vm.prank(guardian);
        desk.disableCoin(address(usdt));
        vm.prank(treasurer);
        desk.withdraw(address(usdt), treasurer, 10_000e18);
        assertEq(usdt.balanceOf(address(desk)), 0);
    }
}
