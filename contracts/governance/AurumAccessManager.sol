// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Roles} from "./Roles.sol";

/// @title AurumAccessManager: who may do what, and after which delay, in one table
/// @notice OpenZeppelin's AccessManager with three additions:
///
/// - What its own administrative functions do can be vetoed from the first block on. They stand under GOVERNOR, a role that
///   nobody holds and whose guardian is GUARDIAN; without that, only ADMIN could cancel what ADMIN scheduled.
/// - A guardian takes a hot role away at once ({strip}), and cancels anything that is scheduled, also what no table names,
///   such as `setAuthority` on a contract. One thing a guardian cannot cancel is their own removal, or a bad guardian would
///   stay for ever; another guardian can, or a thief with the Safe's keys would remove them all and then go on unseen.
/// - One account is never custodian and auditor: it would book a bar and endorse it itself.
contract AurumAccessManager is AccessManager {
    event RoleStripped(uint64 indexed role, address indexed account, address indexed by);

    error RoleNotHot(uint64 role);
    error ConflictingRoles(address account, uint64 held, uint64 asked);

    /// @param initialAdmin holds ADMIN without a delay until it hands it over
    constructor(address initialAdmin) AccessManager(initialAdmin) {
        bytes4[9] memory administrative = [
            IAccessManager.labelRole.selector,
            IAccessManager.grantRole.selector,
            IAccessManager.setRoleAdmin.selector,
            IAccessManager.setRoleGuardian.selector,
            IAccessManager.setGrantDelay.selector,
            IAccessManager.setTargetAdminDelay.selector,
            IAccessManager.setTargetFunctionRole.selector,
            IAccessManager.setTargetClosed.selector,
            IAccessManager.updateAuthority.selector
        ];
        for (uint256 i = 0; i < administrative.length; ++i) {
            _setTargetFunctionRole(address(this), administrative[i], Roles.GOVERNOR);
        }
        _setTargetFunctionRole(address(this), AurumAccessManager.strip.selector, Roles.GUARDIAN);

        _setRoleGuardian(Roles.GOVERNOR, Roles.GUARDIAN);
        _setRoleGuardian(Roles.UPGRADER, Roles.GUARDIAN);
        _setRoleGuardian(Roles.TREASURER, Roles.GUARDIAN);
        _setRoleGuardian(Roles.ARBITER, Roles.GUARDIAN);
    }

    /// @notice GUARDIAN takes a hot role from an account at once; giving it back is ADMIN's, delayed.
    /// @dev Reverts {RoleNotHot} for a role that {isHot} does not name.
    /// @return stripped false if the account did not hold the role
    function strip(uint64 role, address account) external onlyAuthorized returns (bool stripped) {
        if (!isHot(role)) revert RoleNotHot(role);
        stripped = _revokeRole(role, account);
        if (stripped) emit RoleStripped(role, account, _msgSender());
    }

    /// @notice Roles whose keys are used every day. The desks' BURNER, BAR_ALLOCATOR and FEE_PAYER are not among them: they
    /// create nothing, and without them an escrow could not end.
    function isHot(uint64 role) public pure returns (bool) {
        return
            role == Roles.CUSTODIAN ||
            role == Roles.AUDITOR ||
            role == Roles.COMPLIANCE ||
            role == Roles.ISSUER ||
            role == Roles.MINTER;
    }

    /// @inheritdoc AccessManager
    function _grantRole(
        uint64 roleId,
        address account,
        uint32 grantDelay,
        uint32 executionDelay
    ) internal override returns (bool) {
        if (roleId == Roles.CUSTODIAN) _refuseHolderOf(Roles.AUDITOR, account, roleId);
        if (roleId == Roles.AUDITOR) _refuseHolderOf(Roles.CUSTODIAN, account, roleId);
        return super._grantRole(roleId, account, grantDelay, executionDelay);
    }

    /// @inheritdoc AccessManager
    function _canCancel(address caller, address target, bytes calldata data) internal view override returns (bool) {
        (bool isGuardian, ) = hasRole(Roles.GUARDIAN, _msgSender());
        if (isGuardian && !_removesGuardian(_msgSender(), target, data)) return true;
        return super._canCancel(caller, target, data);
    }

    /// @dev A grant that has yet to take effect counts as held.
    function _refuseHolderOf(uint64 held, address account, uint64 asked) private view {
        (uint48 since, , , ) = getAccess(held, account);
        if (since != 0) revert ConflictingRoles(account, held, asked);
    }

    function _removesGuardian(address guardian, address target, bytes calldata data) private view returns (bool) {
        if (target != address(this) || bytes4(data) != IAccessManager.revokeRole.selector || data.length < 68)
            return false;
        (uint64 role, address account) = abi.decode(data[4:], (uint64, address));
        return role == Roles.GUARDIAN && account == guardian;
    }
}
