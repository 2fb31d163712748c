// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManagedUpgradeable} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts-upgradeable/proxy/utils/UUPSUpgradeable.sol";
import {EIP712Upgradeable} from "@openzeppelin/contracts-upgradeable/utils/cryptography/EIP712Upgradeable.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IInvestorRegistry} from "../interfaces/IInvestorRegistry.sol";

/// @title InvestorRegistry
/// @notice A status is set by COMPLIANCE, or signed by COMPLIANCE and brought by anyone. The newest decision wins: a status or a
/// revocation that was decided at t cannot be undone by an attestation issued at t or before.
contract InvestorRegistry is AccessManagedUpgradeable, EIP712Upgradeable, UUPSUpgradeable, IInvestorRegistry {
    // --- STORAGE ---

    /// @custom:storage-location erc7201:eaurum.storage.InvestorRegistry
    struct InvestorRegistryStorage {
        mapping(address account => Status) statuses;
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("eaurum.storage.InvestorRegistry")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_LOCATION = 0x5f83d3861bcf445c97c1663b7f3fc3bbffabd4b677b0e62bae2703183842af00;

    bytes32 private constant ATTESTATION_TYPEHASH = keccak256(
        "InvestorAttestation(address account,uint8 tier,uint48 expiry,uint48 issuedAt)"
    );

    function _storage() private pure returns (InvestorRegistryStorage storage $) {
        assembly {
            $.slot := STORAGE_LOCATION
        }
    }

    // --- CONSTRUCTOR ---

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    /// @param authority the AccessManager
    function initialize(address authority) external initializer {
        __AccessManaged_init(authority);
        __EIP712_init("e-Aurum InvestorRegistry", "1");
    }

    function _authorizeUpgrade(address) internal override restricted {}

    // --- COMPLIANCE ---

    /// @inheritdoc IInvestorRegistry
    function setStatus(address account, uint8 tier, uint48 expiry) external restricted {
        _setStatus(account, tier, expiry, uint48(block.timestamp), _msgSender());
    }

    /// @inheritdoc IInvestorRegistry
    function revoke(address account) external restricted {
        Status storage status = _storage().statuses[account];
        status.revoked = true;
        status.updatedAt = uint48(block.timestamp);
        emit StatusRevoked(account, _msgSender());
    }

    // --- ANYONE ---

    /// @inheritdoc IInvestorRegistry
    function present(InvestorAttestation calldata attestation, address signer, bytes calldata signature) external {
        uint48 updatedAt = _storage().statuses[attestation.account].updatedAt;
        if (attestation.issuedAt > block.timestamp) revert AttestationFromFuture(attestation.issuedAt);
        if (attestation.issuedAt <= updatedAt) revert AttestationNotNewer(attestation.issuedAt, updatedAt);
        // Whoever may set a status at once may sign one.
        (bool immediate, ) = IAccessManager(authority()).canCall(signer, address(this), this.setStatus.selector);
        if (!immediate) revert SignerNotCompliance(signer);
        if (!SignatureChecker.isValidSignatureNowCalldata(signer, attestationDigest(attestation), signature)) {
            revert InvalidSignature(signer);
        }
        _setStatus(attestation.account, attestation.tier, attestation.expiry, attestation.issuedAt, signer);
    }

    // --- VIEWS ---

    /// @inheritdoc IInvestorRegistry
    function statusOf(address account) external view returns (Status memory) {
        return _storage().statuses[account];
    }

    /// @inheritdoc IInvestorRegistry
    function isEligible(address account) external view returns (bool) {
        Status memory status = _storage().statuses[account];
        return status.tier != 0 && !status.revoked && block.timestamp < status.expiry;
    }

    /// @inheritdoc IInvestorRegistry
    function attestationDigest(InvestorAttestation calldata attestation) public view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(
                    abi.encode(
                        ATTESTATION_TYPEHASH,
                        attestation.account,
                        attestation.tier,
                        attestation.expiry,
                        attestation.issuedAt
                    )
                )
            );
    }

    // --- INTERNAL ---

    /// @param decidedAt unix seconds of the decision
    function _setStatus(address account, uint8 tier, uint48 expiry, uint48 decidedAt, address by) private {
        if (tier == 0) revert TierMissing(account);
        if (expiry <= block.timestamp) revert ExpiryPassed(expiry);
        _storage().statuses[account] = Status({tier: tier, expiry: expiry, revoked: false, updatedAt: decidedAt});
        emit StatusSet(account, tier, expiry, by);
    }
}
