// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {ERC1967Utils} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Utils.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Deploy} from "./Deploy.sol";

/// @title What every proxy of the project must keep: its door, its initialiser, its upgrade
abstract contract ProxyTest is Deploy {
    address internal stranger = makeAddr("stranger");

    /// @dev Every one of these calls is refused to a stranger, and to each role that is not `holder`'s.
    function checkRestricted(address target, address holder, bytes[] memory calls) internal {
        address[12] memory others = [
            stranger,
            upgrader,
            treasurer,
            guardian,
            custodian,
            auditor,
            compliance,
            issuer,
            minter,
            burner,
            allocator,
            arbiter
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            for (uint256 j = 0; j < others.length; ++j) {
                if (others[j] == holder) continue;
                vm.prank(others[j]);
                (bool success, bytes memory returned) = target.call(calls[i]);
                assertFalse(success, "a stranger's call went through");
                assertEq(
                    returned,
                    abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, others[j])
                );
            }
        }
    }

    /// @dev Neither the proxy nor what stands behind it can be initialised (again).
    function checkInitializedOnce(address target, bytes memory initializerCall) internal {
        bytes memory refused = abi.encodeWithSelector(Initializable.InvalidInitialization.selector);
        (bool success, bytes memory returned) = target.call(initializerCall);
        assertFalse(success, "initialised twice");
        assertEq(returned, refused);
        (success, returned) = implementationOf(target).call(initializerCall);
        assertFalse(success, "implementation initialised");
        assertEq(returned, refused);
    }

    /// @dev UPGRADER upgrades through the proxy, nobody else does, and the implementation itself does not.
    function checkUpgrade(address target, address next) internal {
        bytes memory upgrade = abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (next, ""));
        bytes[] memory calls = new bytes[](1);
        calls[0] = upgrade;
        checkRestricted(target, upgrader, calls);

        address implementation = implementationOf(target);
        vm.prank(upgrader);
        (bool success, bytes memory returned) = implementation.call(upgrade);
        assertFalse(success, "upgraded without a proxy");
        assertEq(returned, abi.encodeWithSelector(UUPSUpgradeable.UUPSUnauthorizedCallContext.selector));

        vm.prank(upgrader);
        (success, ) = target.call(abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (address(manager), "")));
        assertFalse(success, "upgraded to what is no implementation");

        vm.prank(upgrader);
        (success, ) = target.call(upgrade);
        assertTrue(success, "upgrade refused");
        assertEq(implementationOf(target), next);
    }

    function implementationOf(address target) internal view returns (address) {
        return address(uint160(uint256(vm.load(target, ERC1967Utils.IMPLEMENTATION_SLOT))));
    }

    /// @dev ERC-7201.
    function storageLocation(string memory id) internal pure returns (bytes32) {
        return keccak256(abi.encode(uint256(keccak256(bytes(id))) - 1)) & ~bytes32(uint256(0xff));
    }
}
