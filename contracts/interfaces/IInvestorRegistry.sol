// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title InvestorRegistry: who may deal, and until when. No personal data.
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

    function setStatus(address account, uint8 tier, uint48 expiry) external;
    function revoke(address account) external;
    /// @notice Brings a status signed by `signer`, who must hold COMPLIANCE (an ERC-1271 contract may).
    function present(InvestorAttestation calldata attestation, address signer, bytes calldata signature) external;
    function statusOf(address account) external view returns (Status memory);
    function isEligible(address account) external view returns (bool);
}
