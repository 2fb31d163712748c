// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SlotDerivation} from "@openzeppelin/contracts/utils/SlotDerivation.sol";
import {TransientSlot} from "@openzeppelin/contracts/utils/TransientSlot.sol";

/// @title UpgradeVerifier: an upgrade leaves what it must not touch, or does not happen
/// @notice Used in one batch of the Safe (MultiSendCallOnly): {snapshot}, the upgrade, {verify} with the same arguments. What is
/// compared: authority, name, symbol, decimals, total supply, the balances of `accounts`, and what `holders` hold in the access
/// manager. An answer that a contract does not give (a reserve has no decimals) must be missing afterwards too.
/// @dev A snapshot lives in transient storage, for its caller and its transaction alone.
contract UpgradeVerifier {
    using SlotDerivation for bytes32;
    using TransientSlot for *;

    /// @param role id in the access manager
    /// @param account whose membership and delay must stay
    struct RoleHolder {
        uint64 role;
        address account;
    }

    struct Field {
        string what;
        bytes32 digest;
    }

    event UpgradeVerified(address indexed caller, address indexed proxy, uint256 fields);

    error NotAContract(address proxy);
    error SnapshotMissing(address caller, address proxy);
    /// @param before,afterwards digests of the answer
    error StateChanged(address proxy, string what, bytes32 before, bytes32 afterwards);

    /// @notice Remembers what `proxy` answers now.
    function snapshot(address proxy, address[] calldata accounts, RoleHolder[] calldata holders) external {
        bytes32 base = _base(proxy);
        Field[] memory fields = _read(proxy, accounts, holders);
        base.asBytes32().tstore(_subject(accounts, holders));
        for (uint256 i = 0; i < fields.length; ++i) base.offset(i + 1).asBytes32().tstore(fields[i].digest);
    }

    /// @notice Reverts {StateChanged} if `proxy` answers otherwise than at the caller's {snapshot} in this transaction.
    function verify(address proxy, address[] calldata accounts, RoleHolder[] calldata holders) external {
        bytes32 base = _base(proxy);
        if (base.asBytes32().tload() != _subject(accounts, holders)) revert SnapshotMissing(msg.sender, proxy);
        base.asBytes32().tstore(0);
        Field[] memory fields = _read(proxy, accounts, holders);
        for (uint256 i = 0; i < fields.length; ++i) {
            bytes32 before = base.offset(i + 1).asBytes32().tload();
            if (before != fields[i].digest) revert StateChanged(proxy, fields[i].what, before, fields[i].digest);
        }
        emit UpgradeVerified(msg.sender, proxy, fields.length);
    }

    function _read(
        address proxy,
        address[] calldata accounts,
        RoleHolder[] calldata holders
    ) private view returns (Field[] memory fields) {
        if (proxy.code.length == 0) revert NotAContract(proxy);
        address manager = IAccessManaged(proxy).authority();
        fields = new Field[](5 + accounts.length + holders.length);
        fields[0] = Field("authority", keccak256(abi.encode(manager)));
        fields[1] = Field("name", _ask(proxy, abi.encodeCall(IERC20Metadata.name, ())));
        fields[2] = Field("symbol", _ask(proxy, abi.encodeCall(IERC20Metadata.symbol, ())));
        fields[3] = Field("decimals", _ask(proxy, abi.encodeCall(IERC20Metadata.decimals, ())));
        fields[4] = Field("totalSupply", _ask(proxy, abi.encodeCall(IERC20.totalSupply, ())));
        uint256 next = 5;
        for (uint256 i = 0; i < accounts.length; ++i) {
            fields[next++] = Field("balanceOf", _ask(proxy, abi.encodeCall(IERC20.balanceOf, (accounts[i]))));
        }
        for (uint256 i = 0; i < holders.length; ++i) {
            bytes memory question = abi.encodeCall(IAccessManager.hasRole, (holders[i].role, holders[i].account));
            fields[next++] = Field("role", _ask(manager, question));
        }
    }

    function _ask(address target, bytes memory question) private view returns (bytes32) {
        (bool answered, bytes memory answer) = target.staticcall(question);
        return keccak256(abi.encode(answered, answer));
    }

    /// @dev Never zero, so that an empty slot is no snapshot.
    function _subject(address[] calldata accounts, RoleHolder[] calldata holders) private pure returns (bytes32) {
        return keccak256(abi.encode(accounts, holders));
    }

    function _base(address proxy) private view returns (bytes32) {
        return keccak256(abi.encode(msg.sender, proxy));
    }
}
