// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {AurumAccessManager} from "../../../contracts/governance/AurumAccessManager.sol";
import {GoldTokenV2} from "../../../contracts/devnet/GoldTokenV2.sol";
import {Roles} from "../../../contracts/governance/Roles.sol";
import {GoldToken} from "../../../contracts/token/GoldToken.sol";
import {TreasuryTest} from "./TreasuryTest.sol";

/// @title What a delay means, and what does not shorten it
contract DelaysTest is TreasuryTest {
    bytes internal raise;

    function setUp() public {
        deployTreasury();
        raise = abi.encodeCall(GoldToken.raiseMintLimit, (minter, 1_000e18, 1 days));
    }

    function operation(address target, bytes memory data) internal view returns (bytes32) {
        return manager.hashOperation(address(safe), target, data);
    }

    function test_TwoCeremonies_ScheduleThenExecuteOnce() public {
        schedule(address(token), raise);
        skip(DELAY - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IAccessManager.AccessManagerNotReady.selector, operation(address(token), raise))
        );
        vm.prank(address(safe));
        manager.execute(address(token), raise);
        skip(1);
        executeScheduled(address(token), raise);
        (uint208 capacity, , ) = token.mintLimitOf(minter);
        assertEq(capacity, 1_000e18);
        vm.expectRevert(
            abi.encodeWithSelector(IAccessManager.AccessManagerNotScheduled.selector, operation(address(token), raise))
        );
        vm.prank(address(safe));
        manager.execute(address(token), raise);
    }

    function test_ScheduledAndNeverExecutedExpiresAfterAWeek() public {
        schedule(address(token), raise);
        skip(DELAY + 1 weeks);
        vm.expectRevert(
            abi.encodeWithSelector(IAccessManager.AccessManagerExpired.selector, operation(address(token), raise))
        );
        vm.prank(address(safe));
        manager.execute(address(token), raise);
        // and can be scheduled anew
        schedule(address(token), raise);
        assertTrue(isScheduled(address(token), raise));
    }

    function test_TheSafeCannotScheduleSoonerThanItsDelay() public {
        uint48 tooSoon = uint48(vm.getBlockTimestamp()) + DELAY - 1;
        vm.prank(address(safe));
        vm.expectPartialRevert(IAccessManager.AccessManagerUnauthorizedCall.selector);
        manager.schedule(address(token), raise, tooSoon);
    }

    /// @dev Granting a role again with a shorter delay takes effect only when the old delay would have passed.
    function test_AShorterDelayWaitsForTheOldOne() public {
        bytes memory shorter = abi.encodeCall(IAccessManager.grantRole, (Roles.TREASURER, address(safe), 1 hours));
        schedule(address(manager), shorter);
        skip(DELAY);
        executeScheduled(address(manager), shorter);
        (, uint32 current, uint32 pending, uint48 effect) = manager.getAccess(Roles.TREASURER, address(safe));
        assertEq(current, DELAY);
        assertEq(pending, 1 hours);
        assertEq(effect, vm.getBlockTimestamp() + DELAY - 1 hours);
    }

    /// @dev Hence nothing here leans on them: what protects from the first block on is the execution delay of ADMIN.
    function test_GrantAndAdminDelaysTakeFiveDaysToChange() public {
        AurumAccessManager fresh = new AurumAccessManager(address(this));
        fresh.setGrantDelay(Roles.UPGRADER, 2 days);
        fresh.setTargetAdminDelay(address(token), 2 days);
        skip(5 days - 1);
        assertEq(fresh.getRoleGrantDelay(Roles.UPGRADER), 0);
        assertEq(fresh.getTargetAdminDelay(address(token)), 0);
        skip(1);
        assertEq(fresh.getRoleGrantDelay(Roles.UPGRADER), 2 days);
        assertEq(fresh.getTargetAdminDelay(address(token)), 2 days);
    }

    /// @dev Inside `execute` the manager calls itself; what it may then do is one function of one target.
    function test_ExecuteCannotSmuggleAnotherCall() public {
        address thief = makeAddr("thief");
        bytes memory grantThief = abi.encodeCall(IAccessManager.grantRole, (Roles.MINTER, thief, 0));
        bytes[] memory calls = new bytes[](1);
        calls[0] = grantThief;
        bytes memory many = abi.encodeCall(Multicall.multicall, (calls));
        bytes memory nested = abi.encodeCall(IAccessManager.execute, (address(manager), grantThief));
        schedule(address(manager), many);
        schedule(address(manager), nested);
        skip(DELAY);
        vm.startPrank(address(safe));
        vm.expectRevert();
        manager.execute(address(manager), many);
        vm.expectRevert();
        manager.execute(address(manager), nested);
        vm.stopPrank();
        assertFalse(holds(Roles.MINTER, thief));
    }

    function test_TheDeployerHoldsNothing() public view {
        for (uint64 role = 0; role <= Roles.ARBITER; ++role) assertFalse(holds(role, admin));
    }

    function test_ImplementationsCannotBeInitialised() public {
        GoldTokenV2 implementation = new GoldTokenV2(reserve);
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        implementation.initialize(address(manager), 1 days);
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        implementation.initializeV2("ipfs://terms", bytes32(uint256(1)));
    }

    function test_AnUpgradeRunsItsReinitialiserInside() public {
        GoldTokenV2 implementation = new GoldTokenV2(reserve);
        bytes32 hash = keccak256("terms");
        bytes memory initialize = abi.encodeCall(GoldTokenV2.initializeV2, ("ipfs://terms", hash));
        upgrade(address(implementation), initialize);
        GoldTokenV2 upgraded = GoldTokenV2(address(token));
        (string memory uri, bytes32 known, uint48 since) = upgraded.terms();
        assertEq(uri, "ipfs://terms");
        assertEq(known, hash);
        assertEq(since, vm.getBlockTimestamp());
        vm.prank(address(manager));
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        upgraded.initializeV2("ipfs://other", hash);
    }

    function test_AnUpgradeThatForgotItsReinitialiserLeavesItToNobody() public {
        GoldTokenV2 implementation = new GoldTokenV2(reserve);
        upgrade(address(implementation), "");
        address stranger = makeAddr("stranger");
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(GoldTokenV2.OnlyInUpgrade.selector, stranger));
        GoldTokenV2(address(token)).initializeV2("ipfs://false", bytes32(0));
    }

    function test_UpgradeNeedsItsRoleAndItsDelay() public {
        address implementation = address(new GoldTokenV2(reserve));
        bytes memory data = abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (implementation, ""));
        vm.prank(address(safe));
        vm.expectPartialRevert(IAccessManager.AccessManagerNotScheduled.selector);
        token.upgradeToAndCall(implementation, "");
        address stranger = makeAddr("stranger");
        vm.prank(stranger);
        vm.expectPartialRevert(IAccessManager.AccessManagerUnauthorizedCall.selector);
        manager.execute(address(token), data);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        token.upgradeToAndCall(implementation, "");
    }

    function upgrade(address implementation, bytes memory initialize) internal {
        bytes memory data = abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (implementation, initialize));
        schedule(address(token), data);
        skip(DELAY);
        executeScheduled(address(token), data);
    }
}
