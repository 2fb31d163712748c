// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title ERC-2612 and ERC-3009 with the signature as bytes
/// @notice The same messages as the (v, r, s) forms, so a wallet signs the same thing; here the signer may also be a contract
/// that answers ERC-1271 (a Safe). Signatures are as {SignatureChecker} takes them: 65 bytes r, s, v from a plain account.
interface IByteSignatures {
    function permit(address owner, address spender, uint256 value, uint256 deadline, bytes calldata signature) external;

    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;

    /// @notice As {transferWithAuthorization}, but only the payee may bring it, so that nobody can run ahead of them.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;

    function cancelAuthorization(address authorizer, bytes32 nonce, bytes calldata signature) external;
}
