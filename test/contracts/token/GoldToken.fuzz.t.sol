// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGoldToken} from "../../../contracts/interfaces/IGoldToken.sol";
import {Deploy} from "../lib/Deploy.sol";

/// @title Minting never outruns the gold or the limit; what is frozen never leaves; what the views say is what happens
contract GoldTokenFuzzTest is Deploy {
    address private alice = makeAddr("alice");
    address private bob = makeAddr("bob");

    function setUp() public {
        deployCore();
    }

    function tryMint(uint256 amount) private returns (bool success) {
        vm.prank(minter);
        (success, ) = address(token).call(abi.encodeCall(token.mint, (alice, amount)));
    }

    function tryTransfer(address from, address to, uint256 amount) private returns (bool success) {
        vm.prank(from);
        (success, ) = address(token).call(abi.encodeCall(token.transfer, (to, amount)));
    }

    /// @dev A mint goes through exactly if the gold is there, to the wei.
    function testFuzz_MintIffBacked(uint40 backingMg, uint256 already, uint256 amount) public {
        backingMg = uint40(bound(backingMg, 1, type(uint40).max));
        activeBar(backingMg);
        attestReserve();
        allowMinting(minter, type(uint208).max);
        uint256 backed = backingMg * WEI_PER_MG;
        already = bound(already, 0, backed);
        assertTrue(tryMint(already));
        uint256 room = backed - already;
        assertEq(token.mintable(), room);
        amount = bound(amount, 0, room * 2 + 1);
        assertEq(tryMint(amount), amount <= room);
        assertLe(token.totalSupply(), backed);
    }

    /// @dev Over any stretch no more is minted than the capacity and what refills in it.
    function testFuzz_MintLimitHolds(
        uint208 capacity,
        uint32 window,
        uint256[6] memory amounts,
        uint32[6] memory waits
    ) public {
        capacity = uint208(bound(capacity, 1, 1e30));
        window = uint32(bound(window, 1, 30 days));
        activeBar(type(uint40).max);
        vm.prank(treasurer);
        token.raiseMintLimit(minter, capacity, window);
        uint256 start = block.timestamp;
        uint256 minted;
        for (uint256 i = 0; i < amounts.length; ++i) {
            skip(bound(waits[i], 0, window));
            attestReserve();
            (, , uint256 available) = token.mintLimitOf(minter);
            uint256 amount = bound(amounts[i], 0, uint256(capacity) + 1);
            bool isCovered = amount <= token.mintable();
            bool success = tryMint(amount);
            assertEq(success, amount <= available && isCovered);
            if (success) minted += amount;
            // Each refill is rounded down once, so that the used part is at most a wei too high for each mint.
            assertLe(
                minted,
                capacity + (uint256(capacity) * (vm.getBlockTimestamp() - start)) / window + amounts.length
            );
        }
    }

    function testFuzz_LoweredLimitIsNeverExceeded(uint208 capacity, uint208 lowered, uint256 used, uint32 wait) public {
        capacity = uint208(bound(capacity, 1, 1e24));
        lowered = uint208(bound(lowered, 0, capacity - 1));
        used = bound(used, 0, capacity);
        activeBar(type(uint40).max);
        attestReserve();
        allowMinting(minter, capacity);
        assertTrue(tryMint(used));
        vm.prank(guardian);
        token.lowerMintLimit(minter, lowered);
        (, , uint256 available) = token.mintLimitOf(minter);
        assertEq(available, lowered > used ? lowered - used : 0);
        skip(bound(wait, 0, 10 days));
        (, , available) = token.mintLimitOf(minter);
        assertLe(available, lowered);
        assertFalse(tryMint(available + 1));
    }

    /// @dev What canTransfer says is what transfer does, and the frozen part stays.
    function testFuzz_CanTransferTellsTheTruth(uint96 balance, uint256 frozen, uint256 amount, uint8 kind) public {
        balance = uint96(bound(balance, 0, 1e27));
        activeBar(type(uint40).max);
        attestReserve();
        allowMinting(minter, type(uint208).max);
        assertTrue(tryMint(balance));
        amount = bound(amount, 0, uint256(balance) * 2 + 1);
        if (kind % 3 == 0) {
            frozen = bound(frozen, 0, uint256(balance) * 2);
            vm.prank(compliance);
            token.setFrozenTokens(alice, frozen);
        } else {
            frozen = 0;
            vm.prank(treasurer);
            token.setAccountKind(alice, IGoldToken.AccountKind(kind % 3));
        }
        if (amount % 2 == 0) {
            vm.prank(guardian);
            token.pauseTransfers(1 hours);
        }
        bool allowed = token.canTransfer(alice, bob, amount);
        assertEq(tryTransfer(alice, bob, amount), allowed);
        if (amount % 2 == 0 && kind % 3 != uint8(IGoldToken.AccountKind.Escrow)) assertFalse(allowed);
        uint256 kept = frozen < balance ? frozen : balance;
        assertGe(token.balanceOf(alice), kept);
        assertEq(token.balanceOf(alice) + token.balanceOf(bob), balance);
    }

    /// @dev A forced transfer takes no more than is frozen, and makes nothing else leave or stay.
    function testFuzz_ForcedTransferReachesTheFrozenOnly(uint96 balance, uint256 frozen, uint256 amount) public {
        balance = uint96(bound(balance, 1, 1e27));
        activeBar(type(uint40).max);
        attestReserve();
        allowMinting(minter, type(uint208).max);
        assertTrue(tryMint(balance));
        frozen = bound(frozen, 0, uint256(balance) * 2);
        amount = bound(amount, 0, uint256(balance) * 2);
        vm.prank(compliance);
        token.setFrozenTokens(alice, frozen);
        uint256 free = frozen < balance ? balance - frozen : 0;
        vm.prank(arbiter);
        (bool success, ) = address(token).call(abi.encodeCall(token.forcedTransfer, (alice, bob, amount)));
        assertEq(success, frozen != 0 && amount <= frozen && amount <= balance);
        if (!success) return;
        assertEq(token.balanceOf(bob), amount);
        assertEq(token.getFrozenTokens(alice), frozen - amount);
        assertTrue(token.canTransfer(alice, bob, free));
        assertFalse(token.canTransfer(alice, bob, free + 1));
    }

    /// @dev However it is called, a guardian stops transfers for 72 hours of any week at most.
    function testFuzz_PausesNeverOutlastTheirLimit(uint48[8] memory durations, uint32[8] memory waits) public {
        uint256 lastStart;
        for (uint256 i = 0; i < durations.length; ++i) {
            skip(bound(waits[i], 0, 5 days));
            uint48 duration = uint48(bound(durations[i], 0, 80 hours));
            vm.prank(guardian);
            (bool success, ) = address(token).call(abi.encodeCall(token.pauseTransfers, (duration)));
            uint256 time = vm.getBlockTimestamp();
            bool mayPause = lastStart == 0 || time >= lastStart + 7 days;
            assertEq(success, mayPause && duration > 0 && duration <= 72 hours);
            if (success) lastStart = time;
            assertLe(token.transfersPausedUntil(), lastStart + 72 hours);
        }
    }
}
