// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC7943Fungible} from "../../../contracts/interfaces/IERC7943.sol";
import {IGoldToken} from "../../../contracts/interfaces/IGoldToken.sol";
import {Deploy} from "../lib/Deploy.sol";

/// @title Leaving an account: ERC-20, the transfer pause, the freeze, the forced transfer
contract GoldTokenTransferTest is Deploy {
    address private alice = makeAddr("alice");
    address private bob = makeAddr("bob");
    address private desk = makeAddr("desk");
    address private escrow = makeAddr("escrow");

    function setUp() public {
        deployCore();
        mintBacked(alice, 1000);
        vm.startPrank(treasurer);
        token.setAccountKind(desk, IGoldToken.AccountKind.Protocol);
        token.setAccountKind(escrow, IGoldToken.AccountKind.Escrow);
        vm.stopPrank();
    }

    function freeze(address account, uint256 amount) private {
        vm.prank(compliance);
        token.setFrozenTokens(account, amount);
    }

    function pause(uint48 duration) private {
        vm.prank(guardian);
        token.pauseTransfers(duration);
    }

    function send(address from, address to, uint256 amount) private {
        vm.prank(from);
        token.transfer(to, amount);
    }

    // --- ERC-20 ---

    function test_Metadata() public view {
        assertEq(token.name(), "e-Aurum Gold");
        assertEq(token.symbol(), "EAU");
        assertEq(token.decimals(), 18);
        assertEq(token.reserve(), address(reserve));
    }

    function test_TransferMovesAndTellsSo() public {
        vm.expectEmit(address(token));
        emit IERC20.Transfer(alice, bob, 3e18);
        vm.prank(alice);
        assertTrue(token.transfer(bob, 3e18));
        assertEq(token.balanceOf(alice), 997e18);
        assertEq(token.balanceOf(bob), 3e18);
        assertEq(token.totalSupply(), 1000e18);
    }

    function test_TransferOfNothingAndToOneself() public {
        send(bob, alice, 0);
        send(alice, alice, 1000e18);
        assertEq(token.balanceOf(alice), 1000e18);
    }

    function test_RevertWhen_TransferExceedsTheBalance() public {
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, bob, 0, 1));
        send(bob, alice, 1);
    }

    function test_RevertWhen_TransferToNobody() public {
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(0)));
        send(alice, address(0), 1);
    }

    function test_TransferFromSpendsTheAllowance() public {
        vm.expectEmit(address(token));
        emit IERC20.Approval(alice, bob, 5e18);
        vm.prank(alice);
        assertTrue(token.approve(bob, 5e18));
        vm.prank(bob);
        assertTrue(token.transferFrom(alice, desk, 2e18));
        assertEq(token.allowance(alice, bob), 3e18);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, bob, uint256(3e18), uint256(4e18))
        );
        vm.prank(bob);
        token.transferFrom(alice, desk, 4e18);
    }

    function test_InfiniteAllowanceIsNotSpent() public {
        vm.prank(alice);
        token.approve(bob, type(uint256).max);
        vm.prank(bob);
        token.transferFrom(alice, desk, 2e18);
        assertEq(token.allowance(alice, bob), type(uint256).max);
    }

    // --- THE TRANSFER PAUSE ---

    function test_PauseStopsTransfersAndEndsByItself() public {
        uint48 until = uint48(block.timestamp) + 72 hours;
        vm.expectEmit(address(token));
        emit IGoldToken.TransfersPaused(guardian, until);
        pause(72 hours);
        assertEq(token.transfersPausedUntil(), until);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.TransfersArePaused.selector, until));
        send(alice, bob, 1);
        skip(72 hours - 1);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.TransfersArePaused.selector, until));
        send(alice, bob, 1);
        skip(1);
        send(alice, bob, 1);
    }

    function test_PauseStopsTransferFromAndBurn() public {
        vm.prank(alice);
        token.approve(bob, 1);
        send(alice, burner, 1);
        pause(1 hours);
        uint48 until = token.transfersPausedUntil();
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.TransfersArePaused.selector, until));
        vm.prank(bob);
        token.transferFrom(alice, bob, 1);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.TransfersArePaused.selector, until));
        vm.prank(burner);
        token.burn(1);
    }

    function test_PauseIsNotRenewableForAWeekFromItsStart() public {
        uint48 start = uint48(block.timestamp);
        pause(1 hours);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.PauseNotRenewable.selector, start + 7 days));
        pause(1 hours);
        skip(7 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.PauseNotRenewable.selector, start + 7 days));
        pause(1 hours);
        skip(1);
        pause(1 hours);
        vm.expectRevert();
        send(alice, bob, 1);
    }

    function test_AResumedPauseIsNotRenewableEither() public {
        uint48 start = uint48(block.timestamp);
        pause(72 hours);
        vm.expectEmit(address(token));
        emit IGoldToken.TransfersResumed(treasurer);
        vm.prank(treasurer);
        token.resumeTransfers();
        send(alice, bob, 1);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.PauseNotRenewable.selector, start + 7 days));
        pause(1 hours);
    }

    function test_RevertWhen_PauseHasAnOddDuration() public {
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.PauseDurationOutOfRange.selector, 0, 72 hours));
        pause(0);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.PauseDurationOutOfRange.selector, 72 hours + 1, 72 hours));
        pause(72 hours + 1);
    }

    function test_EscrowPaysOutWhilePaused() public {
        send(alice, escrow, 10e18);
        send(alice, desk, 10e18);
        pause(1 hours);
        send(escrow, alice, 10e18);
        assertEq(token.balanceOf(alice), 990e18);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.TransfersArePaused.selector, token.transfersPausedUntil()));
        send(desk, alice, 1);
    }

    function test_EscrowBurnsWhilePaused() public {
        vm.prank(treasurer);
        token.setAccountKind(burner, IGoldToken.AccountKind.Escrow);
        send(alice, burner, 10e18);
        pause(1 hours);
        vm.prank(burner);
        token.burn(10e18);
        assertEq(token.totalSupply(), 990e18);
    }

    // --- THE FREEZE ---

    function test_FrozenTokensStay() public {
        vm.expectEmit(address(token));
        emit IERC7943Fungible.Frozen(alice, 990e18);
        vm.prank(compliance);
        assertTrue(token.setFrozenTokens(alice, 990e18));
        assertEq(token.getFrozenTokens(alice), 990e18);

        vm.expectRevert(
            abi.encodeWithSelector(
                IERC7943Fungible.ERC7943InsufficientUnfrozenBalance.selector,
                alice,
                uint256(10e18) + 1,
                uint256(10e18)
            )
        );
        send(alice, bob, 10e18 + 1);
        send(alice, bob, 10e18);
        assertEq(token.balanceOf(alice), 990e18);
    }

    function test_FreezeIsSetNotAdded() public {
        freeze(alice, 900e18);
        freeze(alice, 100e18);
        assertEq(token.getFrozenTokens(alice), 100e18);
        send(alice, bob, 900e18);
        freeze(alice, 0);
        send(alice, bob, 100e18);
    }

    function test_WhatArrivesInAWhollyFrozenAccountIsFrozenToo() public {
        freeze(bob, type(uint256).max);
        assertEq(token.getFrozenTokens(bob), type(uint248).max);
        send(alice, bob, 5e18);
        vm.expectRevert(
            abi.encodeWithSelector(IERC7943Fungible.ERC7943InsufficientUnfrozenBalance.selector, bob, 1, 0)
        );
        send(bob, alice, 1);
    }

    function test_MoreThanTheBalanceIsTheBalancesError() public {
        freeze(alice, 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientBalance.selector,
                alice,
                uint256(1000e18),
                uint256(1001e18)
            )
        );
        send(alice, bob, 1001e18);
    }

    function test_AllowanceDoesNotGoRoundTheFreeze() public {
        freeze(alice, type(uint256).max);
        vm.prank(alice);
        token.approve(bob, 1e18);
        vm.expectRevert(
            abi.encodeWithSelector(IERC7943Fungible.ERC7943InsufficientUnfrozenBalance.selector, alice, 1e18, 0)
        );
        vm.prank(bob);
        token.transferFrom(alice, bob, 1e18);
    }

    function test_BurnDoesNotGoRoundTheFreeze() public {
        send(alice, burner, 5e18);
        freeze(burner, 3e18);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC7943Fungible.ERC7943InsufficientUnfrozenBalance.selector,
                burner,
                uint256(2e18) + 1,
                uint256(2e18)
            )
        );
        vm.prank(burner);
        token.burn(2e18 + 1);
    }

    function test_RevertWhen_FreezingTheProtocol() public {
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.CannotFreezeProtocol.selector, desk));
        freeze(desk, 1);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.CannotFreezeProtocol.selector, escrow));
        freeze(escrow, 0);
    }

    // --- ACCOUNT KINDS ---

    function test_BecomingProtocolSetsFree() public {
        freeze(alice, 1000e18);
        vm.expectEmit(address(token));
        emit IGoldToken.AccountKindChanged(alice, IGoldToken.AccountKind.Protocol);
        vm.expectEmit(address(token));
        emit IERC7943Fungible.Frozen(alice, 0);
        vm.prank(treasurer);
        token.setAccountKind(alice, IGoldToken.AccountKind.Protocol);
        assertEq(uint256(token.accountKind(alice)), uint256(IGoldToken.AccountKind.Protocol));
        assertEq(token.getFrozenTokens(alice), 0);
        send(alice, bob, 1000e18);
    }

    function test_AnOrdinaryAccountStaysFrozenWhenItsKindIsSetToOrdinary() public {
        freeze(alice, 1000e18);
        vm.prank(treasurer);
        token.setAccountKind(alice, IGoldToken.AccountKind.None);
        assertEq(token.getFrozenTokens(alice), 1000e18);
    }

    function test_BackToAnOrdinaryAccount() public {
        vm.prank(treasurer);
        token.setAccountKind(desk, IGoldToken.AccountKind.None);
        freeze(desk, 1);
        assertEq(token.getFrozenTokens(desk), 1);
    }

    // --- THE FORCED TRANSFER ---

    function test_ForcedTransferTakesFrozenTokens() public {
        freeze(alice, 100e18);
        vm.expectEmit(address(token));
        emit IERC7943Fungible.Frozen(alice, 70e18);
        vm.expectEmit(address(token));
        emit IERC20.Transfer(alice, bob, 30e18);
        vm.expectEmit(address(token));
        emit IERC7943Fungible.ForcedTransfer(alice, bob, 30e18);
        vm.prank(arbiter);
        assertTrue(token.forcedTransfer(alice, bob, 30e18));
        assertEq(token.balanceOf(bob), 30e18);
        assertEq(token.getFrozenTokens(alice), 70e18);
        assertTrue(token.canTransfer(alice, bob, 900e18), "what was free stays free");
        assertFalse(token.canTransfer(alice, bob, 900e18 + 1));
    }

    function test_ForcedTransferLeavesAWhollyFrozenAccountWhollyFrozen() public {
        freeze(alice, type(uint256).max);
        vm.prank(arbiter);
        token.forcedTransfer(alice, bob, 1000e18);
        assertEq(token.getFrozenTokens(alice), type(uint248).max);
        send(bob, alice, 1e18);
        assertFalse(token.canTransfer(alice, bob, 1));
    }

    function test_RevertWhen_ForcingMoreThanIsFrozen() public {
        vm.startPrank(arbiter);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.NotFrozen.selector, alice, 0, 0));
        token.forcedTransfer(alice, bob, 0);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.NotFrozen.selector, alice, 1, 0));
        token.forcedTransfer(alice, bob, 1);
        vm.stopPrank();
        freeze(alice, 5e18);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.NotFrozen.selector, alice, uint256(5e18) + 1, uint256(5e18)));
        vm.prank(arbiter);
        token.forcedTransfer(alice, bob, 5e18 + 1);
    }

    function test_RevertWhen_ForcingMoreThanTheBalance() public {
        freeze(bob, 5e18);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, bob, 0, 1));
        vm.prank(arbiter);
        token.forcedTransfer(bob, alice, 1);
    }

    function test_RevertWhen_ForcingTheProtocol() public {
        send(alice, desk, 5e18);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.CannotFreezeProtocol.selector, desk));
        vm.prank(arbiter);
        token.forcedTransfer(desk, alice, 1);
    }

    function test_RevertWhen_ForcingToNobodyOrWhilePaused() public {
        freeze(alice, 5e18);
        vm.expectRevert(abi.encodeWithSelector(IERC7943Fungible.ERC7943CannotReceive.selector, address(0)));
        vm.prank(arbiter);
        token.forcedTransfer(alice, address(0), 1);
        pause(1 hours);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.TransfersArePaused.selector, token.transfersPausedUntil()));
        vm.prank(arbiter);
        token.forcedTransfer(alice, bob, 1);
    }

    // --- WHAT THE VIEWS SAY ---

    function test_CanSendAndReceive() public {
        assertTrue(token.canSend(alice));
        assertFalse(token.canSend(address(0)));
        assertTrue(token.canReceive(alice));
        assertFalse(token.canReceive(address(0)));
        pause(1 hours);
        assertFalse(token.canSend(alice));
        assertFalse(token.canSend(desk));
        assertTrue(token.canSend(escrow));
        assertTrue(token.canReceive(alice));
    }

    function test_CanTransfer() public {
        assertTrue(token.canTransfer(alice, bob, 1000e18));
        assertFalse(token.canTransfer(alice, bob, 1000e18 + 1));
        assertFalse(token.canTransfer(alice, address(0), 1));
        assertFalse(token.canTransfer(address(0), bob, 0));
        freeze(alice, 1);
        assertFalse(token.canTransfer(alice, bob, 1000e18));
        pause(1 hours);
        assertFalse(token.canTransfer(alice, bob, 1));
    }

    function test_SupportsInterfaces() public view {
        assertEq(bytes32(type(IERC7943Fungible).interfaceId), bytes32(bytes4(0x3edbb4c4)));
        assertTrue(token.supportsInterface(0x3edbb4c4));
        assertTrue(token.supportsInterface(type(IERC165).interfaceId));
        assertTrue(token.supportsInterface(type(IERC20).interfaceId));
        assertTrue(token.supportsInterface(type(IERC20Metadata).interfaceId));
        assertTrue(token.supportsInterface(type(IERC20Permit).interfaceId));
        assertTrue(token.supportsInterface(type(IERC3009).interfaceId));
        assertTrue(token.supportsInterface(type(IERC5267).interfaceId));
        assertFalse(token.supportsInterface(0xffffffff));
    }
}
