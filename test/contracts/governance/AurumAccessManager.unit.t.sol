// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {AurumAccessManager} from "../../../contracts/governance/AurumAccessManager.sol";
import {Roles} from "../../../contracts/governance/Roles.sol";
import {IGoldReserve} from "../../../contracts/interfaces/IGoldReserve.sol";
import {GoldReserve} from "../../../contracts/reserve/GoldReserve.sol";
import {TreasuryTest} from "./TreasuryTest.sol";

/// @title Stripping hot roles, and keeping custodian and auditor apart
contract AurumAccessManagerTest is TreasuryTest {
    function setUp() public {
        deployTreasury();
    }

    function hotRoles() internal pure returns (uint64[5] memory) {
        return [Roles.CUSTODIAN, Roles.AUDITOR, Roles.COMPLIANCE, Roles.ISSUER, Roles.MINTER];
    }

    function holderOf(uint64 role) internal view returns (address) {
        if (role == Roles.CUSTODIAN) return custodian;
        if (role == Roles.AUDITOR) return auditor;
        if (role == Roles.COMPLIANCE) return compliance;
        if (role == Roles.ISSUER) return issuer;
        return minter;
    }

    // --- STRIP ---

    function test_GuardianStripsEveryHotRoleAtOnce() public {
        uint64[5] memory roles = hotRoles();
        for (uint256 i = 0; i < roles.length; ++i) {
            address holder = holderOf(roles[i]);
            assertTrue(holds(roles[i], holder));
            vm.expectEmit(address(manager));
            emit IAccessManager.RoleRevoked(roles[i], holder);
            vm.expectEmit(address(manager));
            emit AurumAccessManager.RoleStripped(roles[i], holder, guardian);
            vm.prank(guardian);
            assertTrue(aurum.strip(roles[i], holder));
            assertFalse(holds(roles[i], holder));
        }
    }

    function test_AStrippedCustodianBooksNothing() public {
        IGoldReserve.BarInput memory input = aBar(1_000_000, 9999);
        vm.prank(guardian);
        aurum.strip(Roles.CUSTODIAN, custodian);
        vm.prank(custodian);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, custodian));
        reserve.book(input);
    }

    function testFuzz_OnlyHotRolesAreStripped(uint64 role) public {
        uint64[5] memory roles = hotRoles();
        for (uint256 i = 0; i < roles.length; ++i) vm.assume(role != roles[i]);
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(AurumAccessManager.RoleNotHot.selector, role));
        aurum.strip(role, address(safe));
    }

    function test_TheTreasuryAndTheGuardiansAreNotStripped() public {
        uint64[6] memory roles = [
            Roles.ADMIN,
            Roles.UPGRADER,
            Roles.TREASURER,
            Roles.GUARDIAN,
            Roles.GOVERNOR,
            Roles.ARBITER
        ];
        for (uint256 i = 0; i < roles.length; ++i) {
            vm.prank(guardian);
            vm.expectRevert(abi.encodeWithSelector(AurumAccessManager.RoleNotHot.selector, roles[i]));
            aurum.strip(roles[i], guardian2);
        }
    }

    /// @dev Burning, setting bars aside and paying fees end an escrow: nobody takes that away at once.
    function test_WhatEndsAnEscrowIsNotStripped() public {
        uint64[3] memory roles = [Roles.BURNER, Roles.BAR_ALLOCATOR, Roles.FEE_PAYER];
        for (uint256 i = 0; i < roles.length; ++i) {
            vm.prank(guardian);
            vm.expectRevert(abi.encodeWithSelector(AurumAccessManager.RoleNotHot.selector, roles[i]));
            aurum.strip(roles[i], burner);
        }
    }

    function test_StrippingWhoHoldsNothingChangesNothing() public {
        vm.prank(guardian);
        assertFalse(aurum.strip(Roles.MINTER, auditor));
    }

    function test_OnlyGuardiansStrip() public {
        address[4] memory others = [makeAddr("stranger"), custodian, treasurer, upgrader];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(
                abi.encodeWithSelector(
                    IAccessManager.AccessManagerUnauthorizedAccount.selector,
                    others[i],
                    Roles.GUARDIAN
                )
            );
            aurum.strip(Roles.MINTER, minter);
        }
    }

    /// @dev `multicall` delegates to the manager itself and keeps its caller: it opens no door to `strip`.
    function test_MulticallDoesNotStripForAStranger() public {
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(AurumAccessManager.strip, (Roles.MINTER, minter));
        vm.prank(makeAddr("stranger"));
        vm.expectPartialRevert(IAccessManager.AccessManagerUnauthorizedAccount.selector);
        manager.multicall(calls);
        assertTrue(holds(Roles.MINTER, minter));
    }

    // --- CUSTODIAN AND AUDITOR ---

    function grantByTreasury(uint64 role, address account) internal {
        bytes memory data = abi.encodeCall(IAccessManager.grantRole, (role, account, 0));
        schedule(address(manager), data);
        skip(DELAY);
        executeScheduled(address(manager), data);
    }

    function test_ACustodianIsNeverAuditor() public {
        bytes memory data = abi.encodeCall(IAccessManager.grantRole, (Roles.AUDITOR, custodian, 0));
        schedule(address(manager), data);
        skip(DELAY);
        vm.prank(address(safe));
        vm.expectRevert(
            abi.encodeWithSelector(
                AurumAccessManager.ConflictingRoles.selector,
                custodian,
                Roles.CUSTODIAN,
                Roles.AUDITOR
            )
        );
        manager.execute(address(manager), data);
    }

    function test_AnAuditorIsNeverCustodian() public {
        bytes memory data = abi.encodeCall(IAccessManager.grantRole, (Roles.CUSTODIAN, auditor, 0));
        schedule(address(manager), data);
        skip(DELAY);
        vm.prank(address(safe));
        vm.expectRevert(
            abi.encodeWithSelector(
                AurumAccessManager.ConflictingRoles.selector,
                auditor,
                Roles.AUDITOR,
                Roles.CUSTODIAN
            )
        );
        manager.execute(address(manager), data);
    }

    function test_AGrantThatWaitsCountsAsHeld() public {
        AurumAccessManager fresh = new AurumAccessManager(address(this));
        fresh.setGrantDelay(Roles.CUSTODIAN, 30 days);
        skip(5 days);
        address account = makeAddr("account");
        fresh.grantRole(Roles.CUSTODIAN, account, 0);
        (bool already, ) = fresh.hasRole(Roles.CUSTODIAN, account);
        assertFalse(already);
        vm.expectPartialRevert(AurumAccessManager.ConflictingRoles.selector);
        fresh.grantRole(Roles.AUDITOR, account, 0);
    }

    function test_AFormerCustodianMayAudit() public {
        vm.prank(guardian);
        aurum.strip(Roles.CUSTODIAN, custodian);
        grantByTreasury(Roles.AUDITOR, custodian);
        assertTrue(holds(Roles.AUDITOR, custodian));
    }

    /// @dev Through `execute` every caller looks like the manager; the reserve hears custodian and auditor in person only.
    function test_NobodyBooksOrEndorsesThroughTheManager() public {
        bytes memory booking = abi.encodeCall(GoldReserve.book, (aBar(1_000_000, 9999)));
        vm.prank(custodian);
        vm.expectPartialRevert(IGoldReserve.NotInPerson.selector);
        manager.execute(address(reserve), booking);
        uint256 barId = bookBar(1_000_000, 9999);
        vm.prank(auditor);
        vm.expectPartialRevert(IGoldReserve.NotInPerson.selector);
        manager.execute(address(reserve), abi.encodeCall(GoldReserve.endorse, (barId, 999_900)));
    }
}
