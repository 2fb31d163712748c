// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Enum} from "@safe-global/safe-contracts/contracts/common/Enum.sol";
import {MultiSendCallOnly} from "@safe-global/safe-contracts/contracts/libraries/MultiSendCallOnly.sol";
import {SafeProxyFactory} from "@safe-global/safe-contracts/contracts/proxies/SafeProxyFactory.sol";
import {Safe} from "@safe-global/safe-contracts/contracts/Safe.sol";
import {SafeL2} from "@safe-global/safe-contracts/contracts/SafeL2.sol";
import {AurumAccessManager} from "../../../contracts/governance/AurumAccessManager.sol";
import {Roles} from "../../../contracts/governance/Roles.sol";
import {SafeGuard} from "../../../contracts/governance/SafeGuard.sol";
import {SafeSetup} from "../../../contracts/governance/SafeSetup.sol";
import {Deploy} from "../lib/Deploy.sol";

/// @title Registry, reserve and token under a real Safe 1.4.1, 2 of 3, which holds ADMIN, UPGRADER, TREASURER and ARBITER with
/// a delay of 48 h; two guardians; nobody else holds ADMIN
abstract contract TreasuryTest is Deploy {
    uint32 internal constant DELAY = 48 hours;

    AurumAccessManager internal aurum;
    SafeL2 internal safe;
    SafeGuard internal guard;
    MultiSendCallOnly internal multiSend;
    address internal guardian2 = makeAddr("guardian2");

    uint256[] private _ownerKeys;

    function deployTreasury() internal {
        deployCore();
        aurum = AurumAccessManager(address(manager));
        multiSend = new MultiSendCallOnly();
        guard = new SafeGuard(address(multiSend));
        safe = _makeSafe();
        grant(Roles.GUARDIAN, guardian2);
        uint64[4] memory treasuryRoles = [Roles.ADMIN, Roles.UPGRADER, Roles.TREASURER, Roles.ARBITER];
        for (uint256 i = 0; i < treasuryRoles.length; ++i) {
            vm.prank(admin);
            manager.grantRole(treasuryRoles[i], address(safe), DELAY);
        }
        vm.prank(admin);
        manager.revokeRole(Roles.ADMIN, admin);
    }

    function _makeSafe() private returns (SafeL2) {
        address[] memory owners = new address[](3);
        for (uint256 i = 0; i < 3; ++i) {
            (address owner, uint256 key) = makeAddrAndKey(string.concat("owner", vm.toString(i)));
            owners[i] = owner;
            _ownerKeys.push(key);
        }
        SafeSetup setup = new SafeSetup();
        bytes memory initializer = abi.encodeCall(
            Safe.setup,
            (
                owners,
                2,
                address(setup),
                abi.encodeCall(SafeSetup.installGuard, (address(guard))),
                address(0),
                address(0),
                0,
                payable(address(0))
            )
        );
        SafeL2 singleton = new SafeL2();
        SafeProxyFactory factory = new SafeProxyFactory();
        return SafeL2(payable(address(factory.createProxyWithNonce(address(singleton), initializer, 0))));
    }

    // --- THE SAFE'S TRANSACTIONS ---

    /// @dev Signed by two owners, in the order of their addresses, and sent by anyone.
    function execute(address to, bytes memory data, Enum.Operation operation) internal returns (bool) {
        return
            safe.execTransaction(
                to,
                0,
                data,
                operation,
                0,
                0,
                0,
                address(0),
                payable(address(0)),
                signed(to, data, operation)
            );
    }

    function call(address to, bytes memory data) internal returns (bool) {
        return execute(to, data, Enum.Operation.Call);
    }

    function batch(bytes memory transactions) internal returns (bool) {
        bytes memory data = abi.encodeCall(MultiSendCallOnly.multiSend, (transactions));
        return execute(address(multiSend), data, Enum.Operation.DelegateCall);
    }

    function signed(address to, bytes memory data, Enum.Operation operation) internal view returns (bytes memory) {
        bytes32 digest = safe.getTransactionHash(to, 0, data, operation, 0, 0, 0, address(0), address(0), safe.nonce());
        (uint256 first, uint256 second) = (_ownerKeys[0], _ownerKeys[1]);
        if (vm.addr(first) > vm.addr(second)) (first, second) = (second, first);
        return bytes.concat(signature(first, digest), signature(second, digest));
    }

    /// @dev One inner transaction as MultiSend packs it: operation, to, value, length, data.
    function inner(address to, bytes memory data) internal pure returns (bytes memory) {
        return abi.encodePacked(uint8(0), to, uint256(0), data.length, data);
    }

    // --- THE MANAGER, CALLED BY THE SAFE ---

    function schedule(address target, bytes memory data) internal {
        vm.prank(address(safe));
        manager.schedule(target, data, 0);
    }

    function executeScheduled(address target, bytes memory data) internal {
        vm.prank(address(safe));
        manager.execute(target, data);
    }

    function cancelBy(address who, address target, bytes memory data) internal {
        vm.prank(who);
        manager.cancel(address(safe), target, data);
    }

    function isScheduled(address target, bytes memory data) internal view returns (bool) {
        return manager.getSchedule(manager.hashOperation(address(safe), target, data)) != 0;
    }

    function holds(uint64 role, address account) internal view returns (bool isMember) {
        (isMember, ) = manager.hasRole(role, account);
    }
}
