// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title GoldReserve: every bar a certificate, and what backs EAU to the milligram
/// @notice Weights are fine weight in whole milligrams (mg); 1 mg backs 1e15 wei of EAU.
///
/// A bar is (refiner, serial, year); its id is the hash of the three, so one bar can have one certificate only.
///
/// Pending -> Active <-> Suspended
/// Active -> Committed (set aside for a redemption) -> Delivered, or back to Active (released), or Lost
/// Pending | Suspended -> Cancelled
interface IGoldReserve {
    enum BarState {
        None,
        Pending,
        Active,
        Suspended,
        Committed,
        Delivered,
        Cancelled,
        Lost
    }

    /// @param refiner refiner's brand code as in the LBMA weight list, ASCII, left-aligned ("DXA")
    /// @param serial the serial stamped on the bar, ASCII, left-aligned
    /// @param year year of manufacture stamped on the bar
    /// @param grossWeightMg gross weight, mg, rounded down
    /// @param fineness parts of gold in ten thousand (9958 is "995.8")
    /// @param vault the vault's code, ASCII, left-aligned ("ZRH1")
    /// @param documentsHash keccak256 of the bar's document bundle (assay certificate, weight list)
    struct BarInput {
        bytes8 refiner;
        bytes32 serial;
        uint16 year;
        uint40 grossWeightMg;
        uint16 fineness;
        bytes4 vault;
        bytes32 documentsHash;
    }

    struct Bar {
        bytes8 refiner;
        bytes32 serial;
        uint16 year;
        uint40 grossWeightMg;
        uint16 fineness;
        uint40 fineWeightMg;
        bytes4 vault;
        BarState state;
        bytes32 documentsHash;
    }

    /// @param root Merkle root over the bar list, leaf = keccak256(bytes.concat(keccak256(abi.encode(barId, fineWeightMg))))
    /// @param fineWeightMg total of the bars attested, mg; equals backing + committed when attested
    /// @param bars number of bars attested
    /// @param asOf when the auditor counted, unix seconds
    struct Attestation {
        bytes32 root;
        uint256 fineWeightMg;
        uint32 bars;
        uint48 asOf;
        string uri;
    }

    event BarBooked(uint256 indexed barId, address indexed custodian, BarInput bar, uint256 fineWeightMg);
    event BarEndorsed(uint256 indexed barId, address indexed auditor, uint256 fineWeightMg);
    event BarCancelled(uint256 indexed barId, address indexed by);
    event BarSuspended(uint256 indexed barId, address indexed by, string reason);
    event BarReinstated(uint256 indexed barId, address indexed by);
    event BarCommitted(uint256 indexed barId, uint256 indexed redemptionId);
    event BarReleased(uint256 indexed barId, uint256 indexed redemptionId);
    event BarDelivered(uint256 indexed barId, uint256 indexed redemptionId, address indexed to);
    event BarLost(uint256 indexed barId, uint256 indexed redemptionId);
    event ReassayProposed(uint256 indexed barId, address indexed custodian, uint40 grossWeightMg, uint16 fineness, bytes32 documentsHash);
    event BarReassayed(uint256 indexed barId, address indexed auditor, uint256 oldFineWeightMg, uint256 newFineWeightMg);
    /// @notice Emitted with every change of what backs the token.
    event BackingChanged(uint256 backingMg, uint256 committedMg);
    event ReserveAttested(address indexed auditor, bytes32 indexed root, uint256 fineWeightMg, uint32 bars, uint48 asOf, string uri);
    event AttestationRevoked(address indexed by, bytes32 indexed root);

    // --- custodian ---
    function book(BarInput calldata bar) external returns (uint256 barId);
    function bookMany(BarInput[] calldata bars) external returns (uint256[] memory barIds);
    function cancel(uint256 barId) external;
    function proposeReassay(uint256 barId, uint40 grossWeightMg, uint16 fineness, bytes32 documentsHash) external;

    // --- auditor ---
    /// @param fineWeightMg the fine weight the auditor saw: the call fails if the booking says otherwise
    function endorse(uint256 barId, uint256 fineWeightMg) external;
    function endorseMany(uint256[] calldata barIds, uint256[] calldata fineWeightsMg) external;
    function endorseReassay(uint256 barId, uint256 newFineWeightMg) external;
    /// @param asOfVersion {listVersion} the auditor counted at, so that an attestation of an older list is refused
    function attest(Attestation calldata attestation, uint64 asOfVersion) external;
    function revokeAttestation() external;

    // --- guardian / treasurer ---
    function suspend(uint256 barId, string calldata reason) external;
    function reinstate(uint256 barId) external;

    // --- redemption desk (BAR_ALLOCATOR) ---
    function commit(uint256 barId, uint256 redemptionId) external returns (uint256 fineWeightMg);
    function release(uint256 barId, uint256 redemptionId) external;
    function deliver(uint256 barId, uint256 redemptionId, address to) external;
    function lose(uint256 barId, uint256 redemptionId) external;

    // --- views ---
    function barIdOf(bytes8 refiner, bytes32 serial, uint16 year) external pure returns (uint256 barId);
    /// @return fineWeightMg gross x fineness / 10,000, rounded down
    function fineWeightOf(uint40 grossWeightMg, uint16 fineness) external pure returns (uint256 fineWeightMg);
    function bar(uint256 barId) external view returns (Bar memory);
    function barCount() external view returns (uint256);
    /// @notice Bars in the order they were booked.
    function barsPage(uint256 offset, uint256 limit) external view returns (uint256[] memory barIds, Bar[] memory bars);
    /// @return fineWeightMg fine weight of the Active bars (B)
    function backing() external view returns (uint256 fineWeightMg);
    /// @return fineWeightMg fine weight of the Committed bars (C)
    function committed() external view returns (uint256 fineWeightMg);
    /// @notice What a mint asks, in one call: B + C and when the reserve was last attested (0: never, or revoked).
    function mintBasis() external view returns (uint256 backedMg, uint48 attestedAt);
    /// @notice Rises with every change of the bar list or of a weight.
    function listVersion() external view returns (uint64);
    function lastAttestation() external view returns (Attestation memory);
}
