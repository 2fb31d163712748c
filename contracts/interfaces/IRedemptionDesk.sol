// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title RedemptionDesk: escrow for physical delivery
/// @notice Escrow always ends: burned against delivered gold, or back with its holder. Neither freeze nor registry nor pause
/// stands in a way back.
///
/// Requested -> Accepted -> Shipped -> Completed
/// Requested -> Cancelled (by the holder)
/// Requested | Accepted -> Reclaimed (anyone, after `shipBy`; the bars back the token again)
/// Shipped -> Reclaimed (anyone, after `deliverBy` without proof, or `attestBy` without attestation; the bars are lost)
/// Shipped, proved -> Disputed (by the holder) -> Completed or Reclaimed (by the arbiter; Reclaimed by anyone after `decideBy`)
///
/// All deadlines are fixed at the request, but for the arbiter's, which is fixed at the dispute. A deadline's second itself
/// still belongs to the side that has to act: shipping at `shipBy` is in time, reclaiming then is not.
/// Products and redemptions are numbered from 1.
interface IRedemptionDesk {
    enum State {
        None,
        Requested,
        Accepted,
        Shipped,
        Disputed,
        Completed,
        Cancelled,
        Reclaimed
    }

    /// @param minFineWeightMg least fine weight of a bar of this product, mg
    /// @param maxFineWeightMg most fine weight of a bar, mg; this much is escrowed for each
    /// @param feePerBar wei of EAU for each bar, escrowed with it and given to stakers on completion
    /// @param shipWithin seconds from the request to `shipBy`
    /// @param deliverWithin seconds from the request to `deliverBy`
    /// @param termsHash keccak256 of the terms the holder agrees to
    struct Product {
        uint40 minFineWeightMg;
        uint40 maxFineWeightMg;
        uint128 feePerBar;
        uint32 shipWithin;
        uint32 deliverWithin;
        bool active;
        bytes32 termsHash;
    }

    /// @param shipBy unix seconds, last moment to ship
    /// @param deliverBy unix seconds, last moment to prove delivery
    /// @param attestBy unix seconds, last moment for the auditor to attest: deliverBy + 2 x disputeWindow
    /// @param disputeWindow seconds from the attestation in which the holder can dispute, fixed at the request
    /// @param decideBy unix seconds, last moment for the arbiter before anyone can reclaim (0: no dispute)
    /// @param custodian who proved the delivery, and so can't attest it
    /// @param escrow wei of EAU held now, fee included
    /// @param fee wei of EAU of the escrow that is the fee
    /// @param deliveryRef opaque reference to the delivery details, which are off-chain and encrypted
    /// @param provenAt unix seconds at which the custodian proved delivery (0: not yet)
    /// @param attestedAt unix seconds at which the auditor attested the proof (0: not yet)
    struct Redemption {
        address holder;
        State state;
        uint32 productId;
        uint8 count;
        uint48 requestedAt;
        uint48 shipBy;
        uint48 deliverBy;
        uint48 provenAt;
        uint48 attestedAt;
        uint48 attestBy;
        uint48 disputeWindow;
        uint48 decideBy;
        address custodian;
        uint128 escrow;
        uint128 fee;
        bytes32 deliveryRef;
        bytes32 trackingHash;
        bytes32 proofHash;
        uint256[] barIds;
    }

    event ProductChanged(uint32 indexed productId, Product product);
    event RedemptionRequested(
        uint256 indexed id,
        address indexed holder,
        uint32 indexed productId,
        uint8 count,
        uint256 escrow,
        uint256 fee,
        bytes32 deliveryRef,
        uint48 shipBy,
        uint48 deliverBy
    );
    event RedemptionAccepted(uint256 indexed id, uint256[] barIds, uint256 fineWeightMg, uint256 excessReturned);
    event RedemptionShipped(uint256 indexed id, bytes32 trackingHash);
    event DeliveryProved(uint256 indexed id, bytes32 proofHash, address indexed custodian);
    event DeliveryAttested(uint256 indexed id, address indexed auditor);
    event RedemptionDisputed(uint256 indexed id, bytes32 reasonHash);
    event RedemptionCompleted(uint256 indexed id, address indexed to, uint256 burned, uint256 fee);
    event RedemptionCancelled(uint256 indexed id, uint256 returned);
    /// @param barsReleased true: the bars back the token again; false: they were lost on their way
    event RedemptionReclaimed(uint256 indexed id, address indexed by, uint256 returned, bool barsReleased);
    event DisputeWindowChanged(uint48 oldWindow, uint48 newWindow);
    /// @notice The escrow went back although the reserve refused its bars; {settleBars} tries again.
    event BarsUnsettled(uint256 indexed id, bool lost);
    event BarsSettled(uint256 indexed id, bool lost);

    error NotEligible(address account);
    error WrongState(uint256 id, State state);
    error NotHolder(uint256 id, address caller);
    error TooLate(uint256 id, uint48 deadline);
    error TooEarly(uint256 id, uint48 notBefore);
    error ProductUnavailable(uint32 productId);
    error BarOutOfRange(uint256 barId, uint256 fineWeightMg);
    error WrongCount(uint256 given, uint256 wanted);
    error InvalidReceipt(uint256 id);
    error InvalidProduct(uint32 productId);
    error InvalidWindow(uint48 window);
    error TermsDiffer(bytes32 given, bytes32 wanted);
    error ProofDiffers(bytes32 given, bytes32 wanted);
    /// @notice Custodian and auditor must be two, and not the access manager, through which one could act as both.
    error NotIndependent(address account);
    error NotProved(uint256 id);
    error NotSelf(address caller);

    // --- holder ---
    /// @param count bars, 1 to 10
    function request(
        uint32 productId,
        uint8 count,
        bytes32 deliveryRef,
        bytes32 termsHash
    ) external returns (uint256 id);
    function requestWithPermit(
        uint32 productId,
        uint8 count,
        bytes32 deliveryRef,
        bytes32 termsHash,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 id);
    function cancel(uint256 id) external;
    function confirmReceipt(uint256 id) external;
    /// @notice Anyone brings the holder's EIP-712 receipt DeliveryReceipt(uint256 id,bytes32 barsHash); ERC-1271 too.
    function confirmReceiptBySig(uint256 id, bytes calldata signature) external;
    /// @notice After the proof of a delivery, until the window after its attestation ends.
    function dispute(uint256 id, bytes32 reasonHash) external;

    // --- anyone ---
    /// @notice After `shipBy` (unshipped), `deliverBy` (shipped, unproved), `attestBy` (proved, not attested) or `decideBy`
    /// (disputed, not decided): the escrow goes back to the holder. Needs no price, no registry, and no reserve.
    function reclaim(uint256 id) external;
    /// @notice After the dispute window of a proved and attested delivery.
    function complete(uint256 id) external;
    /// @notice Tells the reserve again of bars that it refused when their redemption was reclaimed.
    function settleBars(uint256 id) external;

    // --- CUSTODIAN ---
    /// @notice Sets the bars aside; what they weigh less than was escrowed goes back at once.
    function accept(uint256 id, uint256[] calldata barIds) external;
    function ship(uint256 id, bytes32 trackingHash) external;
    function proveDelivery(uint256 id, bytes32 proofHash) external;
    // --- AUDITOR ---
    function attestDelivery(uint256 id, bytes32 proofHash) external;
    // --- ADMIN (delayed) ---
    function resolveDispute(uint256 id, bool delivered) external;
    // --- TREASURER (delayed) ---
    /// @param productId 1 to productCount() + 1; an existing product keeps its range of weight, since open requests hang on it
    function setProduct(uint32 productId, Product calldata product) external;
    function setDisputeWindow(uint48 newWindow) external;
    // --- GUARDIAN (at once) ---
    function closeProduct(uint32 productId) external;

    // --- views ---
    function redemption(uint256 id) external view returns (Redemption memory);
    function redemptionCount() external view returns (uint256);
    function product(uint32 productId) external view returns (Product memory);
    function productCount() external view returns (uint32);
    /// @return escrow wei of EAU that {request} would take, fee included
    function escrowFor(uint32 productId, uint8 count) external view returns (uint256 escrow, uint256 fee);
    function disputeWindow() external view returns (uint48);
    /// @notice Wei of EAU held in escrow for all open redemptions.
    function totalEscrow() external view returns (uint256);
    function receiptDigest(uint256 id) external view returns (bytes32);
}
