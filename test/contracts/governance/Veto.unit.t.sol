// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {Roles} from "../../../contracts/governance/Roles.sol";
import {GoldToken} from "../../../contracts/token/GoldToken.sol";
import {TreasuryTest} from "./TreasuryTest.sol";

/// @title Whoever has the Safe's keys waits, and a guardian sees and stops it
contract VetoTest is TreasuryTest {
    address internal thief = makeAddr("thief");

    function setUp() public {
        deployTreasury();
    }

    /// @dev Everything by which a table or a membership changes, as the Safe would schedule it.
    function administrativeCalls() internal view returns (bytes[] memory calls) {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = GoldToken.mint.selector;
        calls = new bytes[](10);
        calls[0] = abi.encodeCall(IAccessManager.grantRole, (Roles.UPGRADER, thief, 0));
        calls[1] = abi.encodeCall(IAccessManager.setTargetFunctionRole, (address(token), selectors, Roles.ADMIN));
        calls[2] = abi.encodeCall(IAccessManager.setRoleAdmin, (Roles.MINTER, Roles.COMPLIANCE));
        calls[3] = abi.encodeCall(IAccessManager.setRoleGuardian, (Roles.GOVERNOR, Roles.ADMIN));
        calls[4] = abi.encodeCall(IAccessManager.setGrantDelay, (Roles.MINTER, 1 days));
        calls[5] = abi.encodeCall(IAccessManager.setTargetAdminDelay, (address(token), 1 days));
        calls[6] = abi.encodeCall(IAccessManager.updateAuthority, (address(token), thief));
        calls[7] = abi.encodeCall(IAccessManager.setTargetClosed, (address(token), true));
        calls[8] = abi.encodeCall(IAccessManager.labelRole, (Roles.MINTER, "mint"));
        calls[9] = abi.encodeCall(IAccessManager.revokeRole, (Roles.CUSTODIAN, custodian));
    }

    function test_GuardianVetoesEveryAdministrativeFunction() public {
        bytes[] memory calls = administrativeCalls();
        for (uint256 i = 0; i < calls.length; ++i) {
            schedule(address(manager), calls[i]);
            assertTrue(isScheduled(address(manager), calls[i]));
            cancelBy(guardian, address(manager), calls[i]);
            assertFalse(isScheduled(address(manager), calls[i]));
        }
    }

    function test_NothingAdministrativeRunsAtOnce() public {
        bytes[] memory calls = administrativeCalls();
        for (uint256 i = 0; i < calls.length; ++i) {
            vm.prank(address(safe));
            (bool done, ) = address(manager).call(calls[i]);
            assertFalse(done, "ran without being scheduled");
            vm.expectRevert();
            vm.prank(address(safe));
            manager.execute(address(manager), calls[i]);
        }
    }

    function test_AdministrationStandsUnderGovernorWhichNobodyHolds() public view {
        bytes[] memory calls = administrativeCalls();
        for (uint256 i = 0; i < 9; ++i) {
            assertEq(manager.getTargetFunctionRole(address(manager), bytes4(calls[i])), Roles.GOVERNOR);
        }
        assertEq(manager.getRoleGuardian(Roles.GOVERNOR), Roles.GUARDIAN);
        assertFalse(holds(Roles.GOVERNOR, address(safe)));
        assertFalse(holds(Roles.GOVERNOR, guardian));
    }

    function test_GuardianVetoesUpgradeTreasuryAndArbiter() public {
        bytes memory upgrade = abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (thief, ""));
        bytes memory raise = abi.encodeCall(GoldToken.raiseMintLimit, (thief, 1e30, 1 days));
        bytes memory forced = abi.encodeCall(GoldToken.forcedTransfer, (custodian, thief, 1));
        bytes[3] memory calls = [upgrade, raise, forced];
        for (uint256 i = 0; i < calls.length; ++i) {
            schedule(address(token), calls[i]);
            cancelBy(guardian, address(token), calls[i]);
            skip(DELAY);
            vm.expectRevert(notScheduled(address(token), calls[i]));
            vm.prank(address(safe));
            manager.execute(address(token), calls[i]);
        }
    }

    /// @dev OpenZeppelin keeps `setAuthority` under ADMIN, which has no guardian but ADMIN: the manager lets GUARDIAN in.
    function test_GuardianVetoesAnotherAuthority() public {
        bytes memory data = abi.encodeCall(IAccessManaged.setAuthority, (thief));
        assertEq(manager.getTargetFunctionRole(address(token), IAccessManaged.setAuthority.selector), Roles.ADMIN);
        schedule(address(token), data);
        cancelBy(guardian2, address(token), data);
        assertFalse(isScheduled(address(token), data));
        assertEq(token.authority(), address(manager));
    }

    /// @dev A contract that no table names stands under ADMIN.
    function test_GuardianVetoesWhatNoTableNames() public {
        bytes memory data = abi.encodeWithSignature("transferOwnership(address)", thief);
        schedule(thief, data);
        cancelBy(guardian, thief, data);
        assertFalse(isScheduled(thief, data));
    }

    function test_ThievesCannotRemoveTheGuardians() public {
        bytes memory first = abi.encodeCall(IAccessManager.revokeRole, (Roles.GUARDIAN, guardian));
        bytes memory second = abi.encodeCall(IAccessManager.revokeRole, (Roles.GUARDIAN, guardian2));
        schedule(address(manager), first);
        schedule(address(manager), second);
        cancelBy(guardian2, address(manager), first);
        cancelBy(guardian, address(manager), second);
        skip(DELAY);
        vm.startPrank(address(safe));
        vm.expectRevert(notScheduled(address(manager), first));
        manager.revokeRole(Roles.GUARDIAN, guardian);
        vm.expectRevert(notScheduled(address(manager), second));
        manager.revokeRole(Roles.GUARDIAN, guardian2);
        vm.stopPrank();
        assertTrue(holds(Roles.GUARDIAN, guardian) && holds(Roles.GUARDIAN, guardian2));
    }

    function test_ABadGuardianCannotVetoTheirOwnRemoval() public {
        bytes memory removal = abi.encodeCall(IAccessManager.revokeRole, (Roles.GUARDIAN, guardian));
        schedule(address(manager), removal);
        vm.prank(guardian);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessManager.AccessManagerUnauthorizedCancel.selector,
                guardian,
                address(safe),
                address(manager),
                IAccessManager.revokeRole.selector
            )
        );
        manager.cancel(address(safe), address(manager), removal);
        skip(DELAY);
        executeScheduled(address(manager), removal);
        assertFalse(holds(Roles.GUARDIAN, guardian));
    }

    /// @dev Trailing bytes change the operation's id and not what it does: the rule looks at what it does.
    function test_TrailingBytesDoNotHideARemoval() public {
        bytes memory removal = bytes.concat(
            abi.encodeCall(IAccessManager.revokeRole, (Roles.GUARDIAN, guardian)),
            bytes32(uint256(1))
        );
        schedule(address(manager), removal);
        vm.prank(guardian);
        vm.expectPartialRevert(IAccessManager.AccessManagerUnauthorizedCancel.selector);
        manager.cancel(address(safe), address(manager), removal);
        cancelBy(guardian2, address(manager), removal);
        assertFalse(isScheduled(address(manager), removal));
    }

    function test_AMalformedRevocationCanBeVetoedByAnyGuardian() public {
        bytes memory malformed = bytes.concat(IAccessManager.revokeRole.selector, bytes32(uint256(Roles.GUARDIAN)));
        schedule(address(manager), malformed);
        cancelBy(guardian, address(manager), malformed);
        assertFalse(isScheduled(address(manager), malformed));
    }

    function test_TheSafeTakesBackWhatItScheduled() public {
        bytes memory data = administrativeCalls()[0];
        schedule(address(manager), data);
        cancelBy(address(safe), address(manager), data);
        assertFalse(isScheduled(address(manager), data));
    }

    function test_NobodyElseVetoes() public {
        bytes memory data = administrativeCalls()[0];
        schedule(address(manager), data);
        address[4] memory others = [thief, custodian, auditor, upgrader];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectPartialRevert(IAccessManager.AccessManagerUnauthorizedCancel.selector);
            manager.cancel(address(safe), address(manager), data);
        }
        vm.prank(guardian);
        vm.expectPartialRevert(IAccessManager.AccessManagerNotScheduled.selector);
        manager.cancel(address(safe), address(manager), administrativeCalls()[1]);
    }

    /// @dev A closed manager refuses `strip`, and no more: the veto stays.
    function test_ClosingTheManagerLeavesTheVeto() public {
        bytes memory closing = abi.encodeCall(IAccessManager.setTargetClosed, (address(manager), true));
        schedule(address(manager), closing);
        skip(DELAY);
        executeScheduled(address(manager), closing);
        assertTrue(manager.isTargetClosed(address(manager)));
        bytes memory data = administrativeCalls()[0];
        schedule(address(manager), data);
        cancelBy(guardian, address(manager), data);
        assertFalse(isScheduled(address(manager), data));
    }

    function notScheduled(address target, bytes memory data) internal view returns (bytes memory) {
        bytes32 operation = manager.hashOperation(address(safe), target, data);
        return abi.encodeWithSelector(IAccessManager.AccessManagerNotScheduled.selector, operation);
    }
}
