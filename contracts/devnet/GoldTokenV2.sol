// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGoldReserve} from "../interfaces/IGoldReserve.sol";
import {GoldToken} from "../token/GoldToken.sol";

/// @title GoldTokenV2: the token, and with it the document that says what a holder owns
/// @notice The second version that development chains and tests upgrade to: new storage in a namespace of its own, and a
/// reinitializer. Everything that GoldToken does stays as it is.
contract GoldTokenV2 is GoldToken {
    /// @custom:storage-location erc7201:eaurum.storage.GoldTokenV2
    struct GoldTokenV2Storage {
        bytes32 termsHash;
        uint48 termsSince;
        string termsUri;
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("eaurum.storage.GoldTokenV2")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant V2_STORAGE_LOCATION = 0x755c2cdc1bf448e31e620554d4edaa47d54355fc7dcd867b16d21e532cd02300;

    event TermsPublished(string uri, bytes32 indexed hash, uint48 since);

    error OnlyInUpgrade(address caller);

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IGoldReserve reserve_) GoldToken(reserve_) {}

    /// @notice Runs inside `upgradeToAndCall`, executed through the access manager, and never again. An upgrade that left it
    /// out does not leave it to whoever comes first: only the manager is let in.
    /// @param uri where the document is
    /// @param hash keccak256 of the document
    /// @custom:oz-upgrades-validate-as-initializer
    function initializeV2(string calldata uri, bytes32 hash) external reinitializer(2) {
        if (_msgSender() != authority()) revert OnlyInUpgrade(_msgSender());
        GoldTokenV2Storage storage $ = _storageV2();
        $.termsUri = uri;
        $.termsHash = hash;
        $.termsSince = uint48(block.timestamp);
        emit TermsPublished(uri, hash, $.termsSince);
    }

    /// @notice The document that says what a holder of EAU owns.
    /// @return uri where it is
    /// @return hash keccak256 of it
    /// @return since unix seconds from which it holds; 0 before the first
    function terms() external view returns (string memory uri, bytes32 hash, uint48 since) {
        GoldTokenV2Storage storage $ = _storageV2();
        return ($.termsUri, $.termsHash, $.termsSince);
    }

    function _storageV2() private pure returns (GoldTokenV2Storage storage $) {
        assembly {
            $.slot := V2_STORAGE_LOCATION
        }
    }
}
