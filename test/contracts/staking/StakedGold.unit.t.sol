// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {ERC4626Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC4626Upgradeable.sol";
import {Roles} from "../../../contracts/governance/Roles.sol";
import {IGoldToken} from "../../../contracts/interfaces/IGoldToken.sol";
import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {IStakedGold} from "../../../contracts/interfaces/IStakedGold.sol";
import {StakedGold} from "../../../contracts/staking/StakedGold.sol";
import {DeployAll} from "../lib/DeployAll.sol";
import {TestOracle} from "../lib/TestOracle.sol";

/// @title StakedGold: every function, role and refusal
contract StakedGoldTest is DeployAll {
    address private payer = makeAddr("payer");
    address private alice;
    address private bob;

    function setUp() public {
        deployCore();
        deployDesks(IPriceOracle(address(new TestOracle())));
        deployCoins();
        grant(Roles.FEE_PAYER, payer);
        alice = makeInvestor("alice");
        bob = makeInvestor("bob");
        mintBacked(alice, 1_000);
        mintBacked(bob, 1_000);
        mintBacked(payer, 1_000);
    }

    function deposit(address who, uint256 assets) private returns (uint256 shares) {
        vm.prank(who);
        return staking.deposit(assets, who);
    }

    function redeemAll(address who) private returns (uint256 assets) {
        uint256 shares = staking.balanceOf(who);
        vm.prank(who);
        return staking.redeem(shares, who, who);
    }

    function giveFees(uint256 amount) private {
        vm.startPrank(payer);
        token.transfer(address(staking), amount);
        staking.giveFees(amount);
        vm.stopPrank();
    }

    function startStream(uint256 amount) private {
        giveFees(amount);
        staking.startStream();
    }

    function freeze(address account, uint256 amount) private {
        vm.prank(compliance);
        token.setFrozenTokens(account, amount);
    }

    // --- CONSTRUCTION ---

    function test_IsAVaultOverEau() public view {
        assertEq(staking.name(), "Staked e-Aurum Gold");
        assertEq(staking.symbol(), "sEAU");
        assertEq(staking.decimals(), 21);
        assertEq(staking.asset(), address(token));
        assertEq(staking.streamDuration(), STREAM);
        assertEq(staking.minStreamSupply(), 1e18);
        assertEq(staking.authority(), address(manager));
    }

    function test_RevertWhen_InitializedAgain() public {
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        staking.initialize(address(this), STREAM);
    }

    function test_RevertWhen_ImplementationIsInitialized() public {
        StakedGold implementation = new StakedGold(token);
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        implementation.initialize(address(this), STREAM);
    }

    function test_StorageStandsWhereItsNameSays() public {
        deposit(alice, 5e18);
        bytes32 slot =
            keccak256(abi.encode(uint256(keccak256("eaurum.storage.StakedGold")) - 1)) & ~bytes32(uint256(0xff));
        assertEq(uint128(uint256(vm.load(address(staking), slot))), 5e18, "principal");
    }

    function test_OnlyUpgraderUpgrades() public {
        StakedGold next = new StakedGold(token);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        staking.upgradeToAndCall(address(next), "");
        vm.prank(upgrader);
        staking.upgradeToAndCall(address(next), "");
        assertEq(staking.symbol(), "sEAU");
    }

    // --- DEPOSIT AND WITHDRAW ---

    function test_DepositGivesAThousandSharesPerWei() public {
        vm.expectEmit(address(staking));
        emit IERC4626.Deposit(alice, alice, 10e18, 10e21);
        assertEq(deposit(alice, 10e18), 10e21);
        assertEq(staking.totalAssets(), 10e18);
        assertEq(token.balanceOf(address(staking)), 10e18);
    }

    function test_MintTakesItsPrice() public {
        vm.prank(alice);
        assertEq(staking.mint(10e21, bob), 10e18);
        assertEq(staking.balanceOf(bob), 10e21);
        assertEq(token.balanceOf(alice), 990e18);
    }

    function test_WithdrawAndRedeemPayOut() public {
        deposit(alice, 10e18);
        vm.expectEmit(address(staking));
        emit IERC4626.Withdraw(alice, bob, alice, 4e18, 4e21);
        vm.prank(alice);
        assertEq(staking.withdraw(4e18, bob, alice), 4e21);
        assertEq(token.balanceOf(bob), 1_004e18);
        assertEq(redeemAll(alice), 6e18);
        assertEq(staking.totalAssets(), 0);
        assertEq(staking.totalSupply(), 0);
    }

    function test_SpenderNeedsAllowance() public {
        deposit(alice, 10e18);
        vm.prank(bob);
        vm.expectRevert();
        staking.redeem(1e21, bob, alice);
        vm.prank(alice);
        staking.approve(bob, 1e21);
        vm.prank(bob);
        assertEq(staking.redeem(1e21, bob, alice), 1e18);
        assertEq(staking.allowance(alice, bob), 0);
    }

    function test_DonationMovesNothing() public {
        deposit(alice, 10e18);
        vm.prank(bob);
        token.transfer(address(staking), 500e18);
        assertEq(staking.totalAssets(), 10e18);
        assertEq(staking.convertToAssets(1e21), 1e18);
        assertEq(redeemAll(alice), 10e18);
    }

    function test_InflationAttackLosesToTheVictim() public {
        deposit(alice, 1);
        vm.prank(alice);
        token.transfer(address(staking), 900e18);
        deposit(bob, 1e18);
        assertEq(redeemAll(bob), 1e18);
    }

    // --- FEES ---

    function test_FeesWait() public {
        deposit(alice, 10e18);
        vm.startPrank(payer);
        token.transfer(address(staking), 7e18);
        vm.expectEmit(address(staking));
        emit IStakedGold.FeesGiven(payer, 7e18);
        staking.giveFees(7e18);
        vm.stopPrank();
        assertEq(staking.pendingFees(), 7e18);
        skip(30 days);
        assertEq(staking.totalAssets(), 10e18, "nothing streams before it is started");
    }

    function test_RevertWhen_FeesDidNotArrive() public {
        deposit(alice, 10e18);
        vm.prank(payer);
        vm.expectRevert(abi.encodeWithSelector(IStakedGold.FeesNotReceived.selector, 10e18, 10e18 + 1));
        staking.giveFees(1);

        startStream(7e18);
        giveFees(2e18);
        skip(1 days);
        vm.prank(payer);
        vm.expectRevert(abi.encodeWithSelector(IStakedGold.FeesNotReceived.selector, 19e18, 20e18));
        staking.giveFees(1e18);
    }

    function test_OnlyFeePayerGivesFees() public {
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, bob));
        staking.giveFees(0);
    }

    // --- STREAM ---

    function test_StreamIsLinear() public {
        deposit(alice, 10e18);
        giveFees(7e18);
        uint48 start = uint48(block.timestamp);
        vm.expectEmit(address(staking));
        emit IStakedGold.StreamStarted(7e18, start, start + 7 days);
        staking.startStream();
        assertEq(staking.pendingFees(), 0);
        assertEq(staking.totalAssets(), 10e18);
        assertEq(staking.nextStreamAt(), start + 1 days);

        skip(1 days);
        assertEq(staking.totalAssets(), 11e18);
        assertEq(staking.unstreamed(), 6e18);
        skip(5 days);
        assertEq(staking.totalAssets(), 16e18);
        skip(1 days);
        assertEq(staking.totalAssets(), 17e18);
        assertEq(staking.unstreamed(), 0);
        skip(100 days);
        assertEq(staking.totalAssets(), 17e18);
        // One wei stays with the virtual share.
        assertEq(redeemAll(alice), 17e18 - 1);
    }

    function test_RewardsAreSharedByStake() public {
        deposit(alice, 30e18);
        deposit(bob, 10e18);
        startStream(8e18);
        skip(7 days);
        assertApproxEqAbs(redeemAll(alice), 36e18, 1);
        assertApproxEqAbs(redeemAll(bob), 12e18, 1);
    }

    function test_WhoComesJustBeforeAPayoutGetsNothingOfIt() public {
        deposit(alice, 10e18);
        giveFees(100e18);
        deposit(bob, 990e18);
        staking.startStream();
        assertLe(redeemAll(bob), 990e18);
    }

    function test_RevertWhen_NothingToStream() public {
        vm.expectRevert(IStakedGold.NothingToStream.selector);
        staking.startStream();
    }

    function test_RevertWhen_StreamedTwiceADay() public {
        deposit(alice, 1e18);
        startStream(1e18);
        giveFees(1e18);
        uint48 nextAt = staking.nextStreamAt();
        vm.warp(nextAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IStakedGold.StreamTooSoon.selector, nextAt));
        staking.startStream();
        vm.warp(nextAt);
        staking.startStream();
    }

    function test_NewStreamTakesInTheRestOfTheLast() public {
        deposit(alice, 10e18);
        startStream(7e18);
        skip(3.5 days);
        startStream(7e18);
        (uint256 amount, uint48 start, uint48 end) = staking.stream();
        assertEq(amount, 10.5e18);
        assertEq(start, block.timestamp);
        // 3.5 g had 3.5 days left and 7 g have 7: 10.5 g over (3.5 x 3.5 + 7 x 7) / 10.5 days, rounded up to a second.
        assertEq(end - start, 504_000);
        assertEq(staking.totalAssets(), 13.5e18, "nothing jumps when a stream starts");
    }

    function test_DustDoesNotPutRewardsOff() public {
        deposit(alice, 10e18);
        startStream(7e18);
        (, , uint48 end) = staking.stream();
        skip(6 days);
        startStream(1);
        (, , uint48 newEnd) = staking.stream();
        assertLe(newEnd, end + 1);
    }

    // --- TIME WITHOUT STAKERS ---

    function test_NothingStreamsToNobody() public {
        startStream(7e18);
        skip(3 days);
        assertEq(staking.totalAssets(), 0);
        assertEq(staking.unstreamed(), 7e18);
        (, uint48 start, uint48 end) = staking.stream();
        assertEq(start, block.timestamp);
        assertEq(end, block.timestamp + 7 days);

        deposit(alice, 10e18);
        assertEq(staking.totalAssets(), 10e18, "the first depositor gets nothing of the idle time");
        skip(7 days);
        assertEq(staking.totalAssets(), 17e18);
    }

    function test_StreamStopsWhenTheLastStakerLeaves() public {
        deposit(alice, 10e18);
        startStream(7e18);
        skip(2 days);
        assertEq(redeemAll(alice), 12e18 - 1);
        uint256 left = staking.totalAssets();
        skip(10 days);
        assertEq(staking.totalAssets(), left);
        assertEq(staking.unstreamed(), 5e18);
        deposit(bob, 10e18);
        assertEq(staking.totalAssets(), 10e18 + left);
        skip(5 days);
        assertEq(staking.totalAssets(), 15e18 + left);
    }

    function test_DustHolderEarnsNothing() public {
        deposit(alice, 1e15 - 1);
        startStream(7e18);
        skip(7 days);
        assertEq(staking.totalAssets(), 1e15 - 1);
        deposit(bob, 10e18);
        skip(7 days);
        assertEq(staking.totalAssets(), 17e18 + 1e15 - 1);
    }

    function test_StreamWhileNobodyStakesStartsWithTheFirst() public {
        startStream(7e18);
        skip(1 days);
        startStream(7e18);
        (uint256 amount, , uint48 end) = staking.stream();
        assertEq(amount, 14e18);
        assertEq(end, block.timestamp + 7 days);
    }

    function test_LeavingWithMoreThanThePrincipal() public {
        deposit(alice, 10e18);
        startStream(70e18);
        skip(7 days);
        vm.prank(alice);
        staking.withdraw(60e18, alice, alice);
        assertEq(staking.totalAssets(), 20e18);
        assertEq(token.balanceOf(alice), 1_050e18);
    }

    // --- FREEZE AND PAUSE ---

    function test_FrozenOwnerStays() public {
        uint256 shares = deposit(alice, 10e18);
        freeze(alice, 1);
        assertEq(staking.maxRedeem(alice), 0);
        assertEq(staking.maxWithdraw(alice), 0);

        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(ERC4626Upgradeable.ERC4626ExceededMaxRedeem.selector, alice, shares, 0));
        staking.redeem(shares, alice, alice);
        vm.expectRevert(abi.encodeWithSelector(ERC4626Upgradeable.ERC4626ExceededMaxWithdraw.selector, alice, 1, 0));
        staking.withdraw(1, alice, alice);
        vm.expectRevert(abi.encodeWithSelector(IStakedGold.OwnerFrozen.selector, alice));
        staking.transfer(bob, shares);
        staking.approve(bob, shares);
        vm.stopPrank();

        vm.startPrank(bob);
        vm.expectRevert(abi.encodeWithSelector(IStakedGold.OwnerFrozen.selector, alice));
        staking.transferFrom(alice, bob, shares);
        vm.stopPrank();

        freeze(alice, 0);
        assertEq(redeemAll(alice), 10e18);
    }

    function test_SharesMoveFreely() public {
        uint256 shares = deposit(alice, 10e18);
        freeze(bob, 1);
        vm.prank(alice);
        staking.transfer(bob, shares);
        assertEq(staking.balanceOf(bob), shares, "what arrives is not refused");
    }

    function test_PauseOfTransfersShowsInTheLimits() public {
        deposit(alice, 10e18);
        vm.prank(guardian);
        token.pauseTransfers(1 hours);
        assertEq(staking.maxDeposit(alice), 0);
        assertEq(staking.maxMint(alice), 0);
        assertEq(staking.maxRedeem(alice), 0);
        assertEq(staking.maxWithdraw(alice), 0);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(ERC4626Upgradeable.ERC4626ExceededMaxDeposit.selector, alice, 1, 0));
        staking.deposit(1, alice);
        skip(1 hours);
        assertEq(staking.maxDeposit(alice), NEVER);
        assertEq(staking.maxMint(alice), NEVER);
        assertEq(redeemAll(alice), 10e18);
    }

    // --- PERMIT, PARAMETERS ---

    function test_Permit() public {
        (address owner, uint256 key) = makeAddrAndKey("alice");
        bytes32 typehash = keccak256(
            "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
        );
        bytes32 digest = keccak256(
            abi.encodePacked(
                "\x19\x01",
                staking.DOMAIN_SEPARATOR(),
                keccak256(abi.encode(typehash, owner, bob, 5, 0, block.timestamp))
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        staking.permit(owner, bob, 5, block.timestamp, v, r, s);
        assertEq(staking.allowance(owner, bob), 5);
        assertEq(staking.nonces(owner), 1);
    }

    function test_SetStreamDuration() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        staking.setStreamDuration(1 days);

        vm.startPrank(treasurer);
        vm.expectEmit(address(staking));
        emit IStakedGold.StreamDurationChanged(STREAM, 14 days);
        staking.setStreamDuration(14 days);
        assertEq(staking.streamDuration(), 14 days);
        vm.expectRevert(abi.encodeWithSelector(IStakedGold.InvalidStreamDuration.selector, 59));
        staking.setStreamDuration(59);
        vm.expectRevert(abi.encodeWithSelector(IStakedGold.InvalidStreamDuration.selector, 365 days + 1));
        staking.setStreamDuration(365 days + 1);
        vm.stopPrank();
    }

    function test_NewDurationLeavesTheRunningStream() public {
        deposit(alice, 10e18);
        startStream(7e18);
        skip(1 days);
        vm.prank(treasurer);
        staking.setStreamDuration(70 days);
        assertEq(staking.totalAssets(), 11e18);
        skip(1 days);
        assertEq(staking.totalAssets(), 12e18);
    }

    function test_MintLimitsDoNotReachStaking() public view {
        (uint208 capacity, , ) = token.mintLimitOf(address(staking));
        assertEq(capacity, 0, "staking never mints");
        assertEq(uint256(token.accountKind(address(staking))), uint256(IGoldToken.AccountKind.Protocol));
    }
}
