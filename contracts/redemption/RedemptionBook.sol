// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ContextUpgradeable} from "@openzeppelin/contracts-upgradeable/utils/ContextUpgradeable.sol";
import {EIP712Upgradeable} from "@openzeppelin/contracts-upgradeable/utils/cryptography/EIP712Upgradeable.sol";
import {IRedemptionDesk} from "../interfaces/IRedemptionDesk.sol";

/// @title RedemptionBook: what RedemptionDesk remembers, and what it says of it
/// @dev Storage and views of {RedemptionDesk}; everything that changes anything stands there.
abstract contract RedemptionBook is IRedemptionDesk, ContextUpgradeable, EIP712Upgradeable {
    // --- CONSTANTS ---

    uint256 internal constant WEI_PER_MG = 1e15;
    uint8 internal constant MAX_BARS = 10;
    bytes32 private constant RECEIPT_TYPEHASH = keccak256("DeliveryReceipt(uint256 id,bytes32 barsHash)");

    // --- STORAGE ---

    /// @param unsettled bars that the reserve refused when their redemption was reclaimed: 0 none, 1 to release, 2 lost
    /// @custom:storage-location erc7201:eaurum.storage.RedemptionDesk
    struct RedemptionDeskStorage {
        uint48 disputeWindow;
        uint32 productCount;
        uint128 totalEscrow;
        uint256 redemptionCount;
        mapping(uint32 productId => Product) products;
        mapping(uint256 id => Redemption) redemptions;
        mapping(uint256 id => uint8) unsettled;
    }

    // keccak256(abi.encode(uint256(keccak256("eaurum.storage.RedemptionDesk")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_LOCATION = 0xe15b77f9c6690098b4718f9f58d962f607b60d09a54cc3c2d79688843f3e4000;

    // --- VIEWS ---

    /// @inheritdoc IRedemptionDesk
    function redemption(uint256 id) external view returns (Redemption memory) {
        return _storage().redemptions[id];
    }

    /// @inheritdoc IRedemptionDesk
    function redemptionCount() external view returns (uint256) {
        return _storage().redemptionCount;
    }

    /// @inheritdoc IRedemptionDesk
    function product(uint32 productId) external view returns (Product memory) {
        return _storage().products[productId];
    }

    /// @inheritdoc IRedemptionDesk
    function productCount() external view returns (uint32) {
        return _storage().productCount;
    }

    /// @inheritdoc IRedemptionDesk
    function escrowFor(uint32 productId, uint8 count) public view returns (uint256 escrow, uint256 fee) {
        Product storage product_ = _storage().products[productId];
        if (!product_.active) revert ProductUnavailable(productId);
        if (count == 0 || count > MAX_BARS) revert WrongCount(count, MAX_BARS);
        fee = uint256(product_.feePerBar) * count;
        escrow = product_.maxFineWeightMg * WEI_PER_MG * count + fee;
    }

    /// @inheritdoc IRedemptionDesk
    function disputeWindow() external view returns (uint48) {
        return _storage().disputeWindow;
    }

    /// @inheritdoc IRedemptionDesk
    function totalEscrow() external view returns (uint256) {
        return _storage().totalEscrow;
    }

    /// @inheritdoc IRedemptionDesk
    function receiptDigest(uint256 id) public view returns (bytes32) {
        bytes32 barsHash = keccak256(abi.encodePacked(_storage().redemptions[id].barIds));
        return _hashTypedDataV4(keccak256(abi.encode(RECEIPT_TYPEHASH, id, barsHash)));
    }

    // --- INTERNALS ---

    /// @return deadline after which anyone may send the escrow back
    /// @return ends whether it ends that way: not where an attested delivery only waits for its window
    function _deadline(Redemption storage redemption_) internal view returns (uint48 deadline, bool ends) {
        State state = redemption_.state;
        if (state == State.Requested || state == State.Accepted) return (redemption_.shipBy, true);
        if (state == State.Disputed) return (redemption_.decideBy, true);
        if (state != State.Shipped || redemption_.attestedAt != 0) return (0, false);
        return (redemption_.provenAt == 0 ? redemption_.deliverBy : redemption_.attestBy, true);
    }

    function _receivable(uint256 id, Redemption storage redemption_) internal view returns (Redemption storage) {
        _checkState(id, redemption_.state == State.Shipped || redemption_.state == State.Disputed);
        return redemption_;
    }

    function _ofHolder(uint256 id) internal view returns (Redemption storage redemption_) {
        redemption_ = _storage().redemptions[id];
        if (redemption_.holder != _msgSender()) revert NotHolder(id, _msgSender());
    }

    function _checkState(uint256 id, bool ok) internal view {
        if (!ok) revert WrongState(id, _storage().redemptions[id].state);
    }

    function _storage() internal pure returns (RedemptionDeskStorage storage $) {
        assembly {
            $.slot := STORAGE_LOCATION
        }
    }
}
