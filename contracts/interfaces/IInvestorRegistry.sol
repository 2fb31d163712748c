// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title InvestorRegistry: who may deal, and until when. No personal data.
/// @notice EIP-712 domain: name "e-Aurum InvestorRegistry", version "1".
interface IInvestorRegistry {
    /// @param tier 0 none, 1 and up as the issuer's programme defines
    /// @param expiry unix seconds; the status ends then
    /// @param revoked a revoked account is not eligible until a newer status is set
    /// @param updatedAt unix seconds of the decision, so that an older attestation cannot undo a newer one
    struct Status {
        uint8 tier;
        uint48 expiry;
        bool revoked;
        uint48 updatedAt;
    }

    /// @dev EIP-712: InvestorAttestation(address account,uint8 tier,uint48 expiry,uint48 issuedAt)
    struct InvestorAttestation {
        address account;
        uint8 tier;
        uint48 expiry;
        uint48 issuedAt;
    }

    event StatusSet(address indexed account, uint8 tier, uint48 expiry, address indexed by);
    event StatusRevoked(address indexed account, address indexed by);

    /// @notice Tier 0 is no tier: taking a status away is {revoke}.
    error TierMissing(address account);
    error ExpiryPassed(uint48 expiry);
    /// @notice The record is as new as the attestation, or newer. Unix seconds.
    error AttestationNotNewer(uint48 issuedAt, uint48 updatedAt);
    error AttestationFromFuture(uint48 issuedAt);
    /// @notice `signer` may not set a status at once, so its signature may not either.
    error SignerNotCompliance(address signer);
    error InvalidSignature(address signer);

    // --- COMPLIANCE ---
    /// @param tier 1 and up
    /// @param expiry unix seconds, in the future
    function setStatus(address account, uint8 tier, uint48 expiry) external;
    /// @notice Ends a status at once, and any attestation that was issued until now, presented or not.
    function revoke(address account) external;

    // --- anyone ---
    /// @notice Brings a status signed by `signer`, who must hold COMPLIANCE (an ERC-1271 contract may).
    function present(InvestorAttestation calldata attestation, address signer, bytes calldata signature) external;

    // --- views ---
    function statusOf(address account) external view returns (Status memory);
    function isEligible(address account) external view returns (bool);
    /// @notice The EIP-712 digest that COMPLIANCE signs.
    function attestationDigest(InvestorAttestation calldata attestation) external view returns (bytes32);
}
