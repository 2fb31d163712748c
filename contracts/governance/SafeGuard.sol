// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

/// @title Safe 1.4.1's transaction guard; its interface id is 0xe6d7a83a
interface ITransactionGuard is IERC165 {
    enum Operation {
        Call,
        DelegateCall
    }

    function checkTransaction(
        address to,
        uint256 value,
        bytes memory data,
        Operation operation,
        uint256 safeTxGas,
        uint256 baseGas,
        uint256 gasPrice,
        address gasToken,
        address payable refundReceiver,
        bytes memory signatures,
        address msgSender
    ) external;

    function checkAfterExecution(bytes32 txHash, bool success) external;
}

/// @title What the guard asks of the Safe
interface IGuardedSafe {
    function getStorageAt(uint256 offset, uint256 length) external view returns (bytes memory);
    function getModulesPaginated(
        address start,
        uint256 pageSize
    ) external view returns (address[] memory modules, address next);
}

/// @title SafeGuard: what the treasury Safe never does, whoever signs it
/// @notice A delegatecall hands the whole Safe to foreign code, and signers cannot see what it will do: only MultiSendCallOnly,
/// which makes plain calls, may be called so. A module acts without signatures and past the guard, so none may be enabled.
/// The guard does not come off: a Safe that needs another one is replaced by a new Safe, to which the roles move through the
/// access manager, with its delay and its veto.
contract SafeGuard is ITransactionGuard {
    error DelegateCallRefused(address to);
    error ModuleRefused(address module);
    error GuardRemoved(address guard);

    /// @dev keccak256("guard_manager.guard.address"), of Safe's GuardManager
    uint256 private constant GUARD_SLOT = 0x4a204f620c8c5ccdca3fd54d003badd85ba500436a431f0cbda4f558c93c34c8;
    address private constant MODULES_HEAD = address(1);

    address public immutable multiSendCallOnly;

    constructor(address multiSendCallOnly_) {
        multiSendCallOnly = multiSendCallOnly_;
    }

    /// @inheritdoc ITransactionGuard
    /// @dev From memory, since eleven arguments in calldata are too deep for the stack.
    // solhint-disable-next-line gas-calldata-parameters
    function checkTransaction(
        address to,
        uint256,
        bytes memory,
        Operation operation,
        uint256,
        uint256,
        uint256,
        address,
        address payable,
        bytes memory,
        address
    ) external view {
        if (operation == Operation.DelegateCall && to != multiSendCallOnly) revert DelegateCallRefused(to);
    }

    /// @inheritdoc ITransactionGuard
    function checkAfterExecution(bytes32, bool) external view {
        address guard = abi.decode(IGuardedSafe(msg.sender).getStorageAt(GUARD_SLOT, 1), (address));
        if (guard != address(this)) revert GuardRemoved(guard);
        (address[] memory modules, ) = IGuardedSafe(msg.sender).getModulesPaginated(MODULES_HEAD, 1);
        if (modules.length != 0) revert ModuleRefused(modules[0]);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(ITransactionGuard).interfaceId || interfaceId == type(IERC165).interfaceId;
    }
}
