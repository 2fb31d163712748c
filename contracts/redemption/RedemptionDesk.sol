// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {AccessManagedUpgradeable} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";
import {IGoldReserve} from "../interfaces/IGoldReserve.sol";
import {IGoldToken} from "../interfaces/IGoldToken.sol";
import {IInvestorRegistry} from "../interfaces/IInvestorRegistry.sol";
import {IRedemptionDesk} from "../interfaces/IRedemptionDesk.sol";
import {IStakedGold} from "../interfaces/IStakedGold.sol";
import {RedemptionBook} from "./RedemptionBook.sol";

/// @title RedemptionDesk
///
/// ESCROW ALWAYS ENDS
/// Whatever custodian, auditor, arbiter and treasury do or leave undone, each redemption ends by a deadline that was fixed
/// when it began, or for a dispute when that began: burned for delivered gold, or back with the holder by a call that anyone
/// can make. That call asks no price, no registry and no role, EAU lets escrow go while transfers are paused, and should the
/// reserve refuse its bars (it lost its role there, say), the escrow goes back all the same and {settleBars} tries again.
///
/// WHO IS BELIEVED
/// The holder's own word completes at once. The custodian's proof completes when an auditor, another account, attested it
/// and the holder did not dispute it in the window. Custodian and auditor in collusion against an absent holder is a
/// stated assumption. A dispute that nobody decides goes to the holder: the issuer pays for an arbiter who sleeps.
///
/// DUST
/// A request escrows at least a gram a bar, and its product's fee; at most ten bars bound every loop. Nothing that anyone
/// sends here is counted: {totalEscrow} is what was asked for.
contract RedemptionDesk is RedemptionBook, AccessManagedUpgradeable, ReentrancyGuardTransient, UUPSUpgradeable {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    // --- CONSTANTS AND IMMUTABLES ---

    uint40 private constant LEAST_BAR_MG = 1_000;
    uint32 private constant MAX_PERIOD = 365 days;
    uint48 private constant MIN_WINDOW = 1 minutes;
    uint48 private constant MAX_WINDOW = 90 days;
    /// @dev Long enough for the arbiter's delay and two signing ceremonies.
    uint48 private constant DECIDE_WITHIN = 30 days;

    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IGoldToken private immutable TOKEN;
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IGoldReserve private immutable RESERVE;
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IInvestorRegistry private immutable REGISTRY;
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IStakedGold private immutable STAKING;

    // --- CONSTRUCTION ---

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IGoldToken token, IGoldReserve reserve, IInvestorRegistry registry, IStakedGold staking) {
        TOKEN = token;
        RESERVE = reserve;
        REGISTRY = registry;
        STAKING = staking;
        _disableInitializers();
    }

    /// @param authority the AccessManager
    /// @param disputeWindow_ seconds
    function initialize(address authority, uint48 disputeWindow_) external initializer {
        __AccessManaged_init(authority);
        __EIP712_init("e-Aurum RedemptionDesk", "1");
        _setDisputeWindow(disputeWindow_);
    }

    // --- HOLDER ---

    /// @inheritdoc IRedemptionDesk
    function request(
        uint32 productId,
        uint8 count,
        bytes32 deliveryRef,
        bytes32 termsHash
    ) external nonReentrant returns (uint256 id) {
        return _request(productId, count, deliveryRef, termsHash);
    }

    /// @inheritdoc IRedemptionDesk
    function requestWithPermit(
        uint32 productId,
        uint8 count,
        bytes32 deliveryRef,
        bytes32 termsHash,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant returns (uint256 id) {
        (uint256 escrow, ) = escrowFor(productId, count);
        // Somebody may have brought the permit before: then it fails here, and the allowance is there all the same.
        try IERC20Permit(TOKEN).permit(_msgSender(), address(this), escrow, deadline, v, r, s) {} catch {}
        return _request(productId, count, deliveryRef, termsHash);
    }

    /// @inheritdoc IRedemptionDesk
    function cancel(uint256 id) external nonReentrant {
        Redemption storage redemption_ = _ofHolder(id);
        _checkState(id, redemption_.state == State.Requested);
        redemption_.state = State.Cancelled;
        uint256 returned = _returnEscrow(redemption_);
        emit RedemptionCancelled(id, returned);
    }

    /// @inheritdoc IRedemptionDesk
    function confirmReceipt(uint256 id) external nonReentrant {
        _complete(id, _receivable(id, _ofHolder(id)));
    }

    /// @inheritdoc IRedemptionDesk
    function confirmReceiptBySig(uint256 id, bytes calldata signature) external nonReentrant {
        Redemption storage redemption_ = _receivable(id, _storage().redemptions[id]);
        bool signed = SignatureChecker.isValidSignatureNowCalldata(redemption_.holder, receiptDigest(id), signature);
        if (!signed) revert InvalidReceipt(id);
        _complete(id, redemption_);
    }

    /// @inheritdoc IRedemptionDesk
    function dispute(uint256 id, bytes32 reasonHash) external {
        Redemption storage redemption_ = _ofHolder(id);
        _checkState(id, redemption_.state == State.Shipped);
        if (redemption_.provenAt == 0) revert NotProved(id);
        if (redemption_.attestedAt != 0) {
            uint48 until = redemption_.attestedAt + redemption_.disputeWindow;
            if (block.timestamp > until) revert TooLate(id, until);
        }
        redemption_.state = State.Disputed;
        redemption_.decideBy = uint48(block.timestamp) + DECIDE_WITHIN;
        emit RedemptionDisputed(id, reasonHash);
    }

    // --- ANYONE ---

    /// @inheritdoc IRedemptionDesk
    function reclaim(uint256 id) external nonReentrant {
        Redemption storage redemption_ = _storage().redemptions[id];
        (uint48 deadline, bool ends) = _deadline(redemption_);
        _checkState(id, ends);
        if (block.timestamp <= deadline) revert TooEarly(id, deadline + 1);
        bool lost = redemption_.state == State.Shipped || redemption_.state == State.Disputed;
        _reclaim(id, redemption_, lost);
    }

    /// @inheritdoc IRedemptionDesk
    function complete(uint256 id) external nonReentrant {
        Redemption storage redemption_ = _storage().redemptions[id];
        _checkState(id, redemption_.state == State.Shipped);
        if (redemption_.attestedAt == 0) revert NotProved(id);
        uint48 until = redemption_.attestedAt + redemption_.disputeWindow;
        if (block.timestamp <= until) revert TooEarly(id, until + 1);
        _complete(id, redemption_);
    }

    /// @inheritdoc IRedemptionDesk
    function settleBars(uint256 id) external nonReentrant {
        RedemptionDeskStorage storage $ = _storage();
        _checkState(id, $.unsettled[id] != 0);
        bool lost = $.unsettled[id] == 2;
        delete $.unsettled[id];
        this.tellReserve(id, lost);
        emit BarsSettled(id, lost);
    }

    /// @dev For this contract alone: a call of its own, so that all bars of a redemption are told or none.
    function tellReserve(uint256 id, bool lost) external {
        if (msg.sender != address(this)) revert NotSelf(msg.sender);
        uint256[] storage barIds = _storage().redemptions[id].barIds;
        for (uint256 i = 0; i < barIds.length; ++i) {
            if (lost) RESERVE.lose(barIds[i], id);
            else RESERVE.release(barIds[i], id);
        }
    }

    // --- CUSTODIAN ---

    /// @inheritdoc IRedemptionDesk
    function accept(uint256 id, uint256[] calldata barIds) external restricted nonReentrant {
        Redemption storage redemption_ = _storage().redemptions[id];
        _checkState(id, redemption_.state == State.Requested);
        if (block.timestamp > redemption_.shipBy) revert TooLate(id, redemption_.shipBy);
        if (barIds.length != redemption_.count) revert WrongCount(barIds.length, redemption_.count);

        redemption_.state = State.Accepted;
        redemption_.barIds = barIds;
        Product memory range = _storage().products[redemption_.productId];
        uint256 fineWeightMg;
        for (uint256 i = 0; i < barIds.length; ++i) {
            uint256 weightMg = RESERVE.commit(barIds[i], id);
            if (weightMg < range.minFineWeightMg || weightMg > range.maxFineWeightMg) {
                revert BarOutOfRange(barIds[i], weightMg);
            }
            fineWeightMg += weightMg;
        }
        // Exact: what stays is the bars' weight to the milligram, and the fee. No bar weighs more than was escrowed for it.
        uint256 excess = redemption_.escrow - redemption_.fee - fineWeightMg * WEI_PER_MG;
        _payOut(redemption_, redemption_.holder, excess);
        emit RedemptionAccepted(id, barIds, fineWeightMg, excess);
    }

    /// @inheritdoc IRedemptionDesk
    function ship(uint256 id, bytes32 trackingHash) external restricted {
        Redemption storage redemption_ = _storage().redemptions[id];
        _checkState(id, redemption_.state == State.Accepted);
        if (block.timestamp > redemption_.shipBy) revert TooLate(id, redemption_.shipBy);
        redemption_.state = State.Shipped;
        redemption_.trackingHash = trackingHash;
        emit RedemptionShipped(id, trackingHash);
    }

    /// @inheritdoc IRedemptionDesk
    function proveDelivery(uint256 id, bytes32 proofHash) external restricted {
        address custodian = _inPerson();
        Redemption storage redemption_ = _storage().redemptions[id];
        // A proof that nobody attested yet may be replaced by a better one, while there is time.
        _checkState(id, redemption_.state == State.Shipped && redemption_.attestedAt == 0);
        if (block.timestamp > redemption_.deliverBy) revert TooLate(id, redemption_.deliverBy);
        redemption_.provenAt = uint48(block.timestamp);
        redemption_.proofHash = proofHash;
        redemption_.custodian = custodian;
        emit DeliveryProved(id, proofHash, custodian);
    }

    // --- AUDITOR ---

    /// @inheritdoc IRedemptionDesk
    function attestDelivery(uint256 id, bytes32 proofHash) external restricted {
        address auditor = _inPerson();
        Redemption storage redemption_ = _storage().redemptions[id];
        _checkState(id, redemption_.state == State.Shipped && redemption_.attestedAt == 0);
        if (redemption_.provenAt == 0) revert NotProved(id);
        if (redemption_.proofHash != proofHash) revert ProofDiffers(proofHash, redemption_.proofHash);
        if (redemption_.custodian == auditor) revert NotIndependent(auditor);
        if (block.timestamp > redemption_.attestBy) revert TooLate(id, redemption_.attestBy);
        redemption_.attestedAt = uint48(block.timestamp);
        emit DeliveryAttested(id, auditor);
    }

    // --- ARBITER ---

    /// @inheritdoc IRedemptionDesk
    function resolveDispute(uint256 id, bool delivered) external restricted nonReentrant {
        Redemption storage redemption_ = _storage().redemptions[id];
        _checkState(id, redemption_.state == State.Disputed);
        if (delivered) _complete(id, redemption_);
        else _reclaim(id, redemption_, true);
    }

    // --- TREASURER, GUARDIAN ---

    /// @inheritdoc IRedemptionDesk
    function setProduct(uint32 productId, Product calldata newProduct) external restricted {
        RedemptionDeskStorage storage $ = _storage();
        bool isNew = productId == $.productCount + 1;
        if (!_isSound(newProduct) || !(isNew || _hasRange($.products[productId], newProduct))) {
            revert InvalidProduct(productId);
        }
        if (isNew) $.productCount = productId;
        $.products[productId] = newProduct;
        emit ProductChanged(productId, newProduct);
    }

    /// @inheritdoc IRedemptionDesk
    function setDisputeWindow(uint48 newWindow) external restricted {
        _setDisputeWindow(newWindow);
    }

    /// @inheritdoc IRedemptionDesk
    function closeProduct(uint32 productId) external restricted {
        Product storage product_ = _storage().products[productId];
        if (!product_.active) revert ProductUnavailable(productId);
        product_.active = false;
        emit ProductChanged(productId, product_);
    }

    // --- INTERNALS ---

    function _request(
        uint32 productId,
        uint8 count,
        bytes32 deliveryRef,
        bytes32 termsHash
    ) private returns (uint256 id) {
        RedemptionDeskStorage storage $ = _storage();
        address holder = _msgSender();
        (uint256 escrow, uint256 fee) = escrowFor(productId, count);
        Product storage product_ = $.products[productId];
        if (termsHash != product_.termsHash) revert TermsDiffer(termsHash, product_.termsHash);
        if (!REGISTRY.isEligible(holder)) revert NotEligible(holder);

        id = ++$.redemptionCount;
        Redemption storage redemption_ = $.redemptions[id];
        redemption_.holder = holder;
        redemption_.state = State.Requested;
        redemption_.productId = productId;
        redemption_.count = count;
        redemption_.requestedAt = uint48(block.timestamp);
        redemption_.shipBy = uint48(block.timestamp) + product_.shipWithin;
        redemption_.deliverBy = uint48(block.timestamp) + product_.deliverWithin;
        redemption_.attestBy = redemption_.deliverBy + 2 * $.disputeWindow;
        redemption_.disputeWindow = $.disputeWindow;
        redemption_.escrow = escrow.toUint128();
        redemption_.fee = fee.toUint128();
        redemption_.deliveryRef = deliveryRef;
        $.totalEscrow += escrow.toUint128();
        emit RedemptionRequested(
            id,
            holder,
            productId,
            count,
            escrow,
            fee,
            deliveryRef,
            redemption_.shipBy,
            redemption_.deliverBy
        );
        IERC20(TOKEN).safeTransferFrom(holder, address(this), escrow);
    }

    /// @dev Burns what stands for the bars, gives the fee to the stakers, hands the certificates over.
    function _complete(uint256 id, Redemption storage redemption_) private {
        (address holder, uint256 fee) = (redemption_.holder, redemption_.fee);
        uint256 burned = redemption_.escrow - fee;
        redemption_.state = State.Completed;
        _storage().totalEscrow -= redemption_.escrow;
        redemption_.escrow = 0;

        TOKEN.burn(burned);
        uint256[] memory barIds = redemption_.barIds;
        for (uint256 i = 0; i < barIds.length; ++i) RESERVE.deliver(barIds[i], id, holder);
        if (fee != 0) {
            IERC20(TOKEN).safeTransfer(address(STAKING), fee);
            STAKING.giveFees(fee);
        }
        emit RedemptionCompleted(id, holder, burned, fee);
    }

    function _reclaim(uint256 id, Redemption storage redemption_, bool lost) private {
        redemption_.state = State.Reclaimed;
        // Whoever starves this call of gas leaves too little (a 64th of it) for what follows.
        try this.tellReserve(id, lost) {} catch {
            _storage().unsettled[id] = lost ? 2 : 1;
            emit BarsUnsettled(id, lost);
        }
        uint256 returned = _returnEscrow(redemption_);
        emit RedemptionReclaimed(id, _msgSender(), returned, !lost);
    }

    function _returnEscrow(Redemption storage redemption_) private returns (uint256 returned) {
        returned = redemption_.escrow;
        _payOut(redemption_, redemption_.holder, returned);
    }

    function _payOut(Redemption storage redemption_, address to, uint256 amount) private {
        // Fits: part of a uint128.
        redemption_.escrow -= uint128(amount);
        _storage().totalEscrow -= uint128(amount);
        if (amount != 0) IERC20(TOKEN).safeTransfer(to, amount);
    }

    /// @dev Two accounts behind the manager's `execute` look like one and the same caller, so it is refused.
    function _inPerson() private view returns (address account) {
        account = _msgSender();
        if (account == authority()) revert NotIndependent(account);
    }

    function _isSound(Product calldata product_) private pure returns (bool) {
        return
            product_.minFineWeightMg >= LEAST_BAR_MG &&
            product_.maxFineWeightMg >= product_.minFineWeightMg &&
            product_.shipWithin != 0 &&
            product_.deliverWithin > product_.shipWithin &&
            product_.deliverWithin <= MAX_PERIOD &&
            product_.feePerBar <= product_.maxFineWeightMg * WEI_PER_MG;
    }

    /// @dev False for a product that does not exist, since a sound one weighs something.
    function _hasRange(Product storage old, Product calldata product_) private view returns (bool) {
        return old.minFineWeightMg == product_.minFineWeightMg && old.maxFineWeightMg == product_.maxFineWeightMg;
    }

    function _setDisputeWindow(uint48 newWindow) private {
        if (newWindow < MIN_WINDOW || newWindow > MAX_WINDOW) revert InvalidWindow(newWindow);
        RedemptionDeskStorage storage $ = _storage();
        emit DisputeWindowChanged($.disputeWindow, newWindow);
        $.disputeWindow = newWindow;
    }

    function _authorizeUpgrade(address) internal override restricted {}
}
