// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title GoldReserve: every bar a certificate, and what backs EAU to the milligram
/// @notice Weights are fine weight in whole milligrams (mg); 1 mg backs 1e15 wei of EAU.
///
/// A bar is (refiner, serial, year); its id is the hash of the three, so one bar can have one certificate only.
///
/// Pending -> Active <-> Suspended
/// Active -> Committed (set aside for a redemption) -> Delivered, or back to Active (released), or Lost
/// Pending -> Cancelled (never became backing), Active | Suspended -> Cancelled (withdrawn: the gold left the reserve)
/// Cancelled -> Pending (booked again)
///
/// A certificate is an ERC-721 token that the reserve itself owns, locked, from endorsement to delivery; then it is the
/// recipient's and moves freely. A bar that is lost or withdrawn loses its certificate. Nobody is called back on delivery,
/// so a contract that refuses certificates cannot stand in its way.
///
/// Whoever signs for a bar does so in person: what takes two pairs of eyes refuses the AccessManager as its caller, and the
/// account that booked a bar (or proposed its re-assay) cannot endorse it.
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

    /// @param root Merkle root over the list of Active and Committed bars, leaf = keccak256(bytes.concat(keccak256(abi.encode(barId, fineWeightMg))))
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

    /// @param proposer the custodian's account
    struct Reassay {
        uint40 grossWeightMg;
        uint16 fineness;
        address proposer;
        bytes32 documentsHash;
    }

    event BarBooked(uint256 indexed barId, address indexed custodian, BarInput bar, uint256 fineWeightMg);
    event BarEndorsed(uint256 indexed barId, address indexed auditor, uint256 fineWeightMg);
    event BarCancelled(uint256 indexed barId, address indexed by);
    event BarWithdrawn(uint256 indexed barId, address indexed by, string reason);
    event BarSuspended(uint256 indexed barId, address indexed by, string reason);
    event BarReinstated(uint256 indexed barId, address indexed by);
    event BarCommitted(uint256 indexed barId, uint256 indexed redemptionId);
    event BarReleased(uint256 indexed barId, uint256 indexed redemptionId);
    event BarDelivered(uint256 indexed barId, uint256 indexed redemptionId, address indexed to);
    event BarLost(uint256 indexed barId, uint256 indexed redemptionId);
    event ReassayProposed(
        uint256 indexed barId,
        address indexed custodian,
        uint40 grossWeightMg,
        uint16 fineness,
        bytes32 documentsHash
    );
    event BarReassayed(
        uint256 indexed barId,
        address indexed auditor,
        uint256 oldFineWeightMg,
        uint256 newFineWeightMg
    );
    event ReassayCancelled(uint256 indexed barId, address indexed custodian);
    /// @notice Emitted with every change of what backs the token.
    event BackingChanged(uint256 backingMg, uint256 committedMg);
    event ReserveAttested(
        address indexed auditor,
        bytes32 indexed root,
        uint256 fineWeightMg,
        uint32 bars,
        uint48 asOf,
        string uri
    );
    event AttestationRevoked(address indexed by, bytes32 indexed root);

    error WrongBarState(uint256 barId, BarState state);
    /// @notice One bar, one certificate: this one is known, and not as cancelled.
    error BarAlreadyBooked(uint256 barId, BarState state);
    /// @notice A code is upper-case ASCII without spaces, left-aligned, so that one bar has one spelling.
    error InvalidCode(bytes32 code);
    error InvalidWeight(uint40 grossWeightMg, uint16 fineness);
    error DocumentsMissing();
    error FineWeightMismatch(uint256 barId, uint256 givenMg, uint256 recordedMg);
    error LengthMismatch(uint256 bars, uint256 weights);
    /// @notice Whoever booked a bar or proposed its new weight cannot endorse it too.
    error EndorserIsBooker(uint256 barId, address account);
    /// @notice Calls that need two pairs of eyes are made in person, not through the AccessManager.
    error NotInPerson();
    error ReassayPending(uint256 barId);
    error NoReassayPending(uint256 barId);
    error WrongRedemption(uint256 barId, uint256 given, uint256 recorded);
    error RedemptionIdTooLarge(uint256 redemptionId);
    error AttestedTotalMismatch(uint256 attestedMg, uint256 recordedMg);
    error AttestedCountMismatch(uint256 attested, uint256 recorded);
    error AttestedListChanged(uint64 asOfVersion, uint64 currentVersion);
    /// @notice Counted in the future, before the last attestation, or not after the last revocation. Unix seconds.
    error AttestationTimeInvalid(uint48 asOf, uint48 notBefore);
    error NoAttestation();

    // --- custodian ---
    function book(BarInput calldata bar) external returns (uint256 barId);
    function bookMany(BarInput[] calldata bars) external returns (uint256[] memory barIds);
    function cancel(uint256 barId) external;
    /// @notice Proposes a corrected weight for an Active or Suspended bar, instead of an earlier proposal if there is one. Until
    /// the auditor endorses it the old weight counts, and the bar cannot be committed.
    function proposeReassay(uint256 barId, uint40 grossWeightMg, uint16 fineness, bytes32 documentsHash) external;
    function cancelReassay(uint256 barId) external;

    // --- auditor ---
    /// @param fineWeightMg the fine weight the auditor saw: the call fails if the booking says otherwise
    function endorse(uint256 barId, uint256 fineWeightMg) external;
    function endorseMany(uint256[] calldata barIds, uint256[] calldata fineWeightsMg) external;
    /// @param newFineWeightMg the fine weight the auditor saw: the call fails if the proposal says otherwise
    function endorseReassay(uint256 barId, uint256 newFineWeightMg) external;
    /// @param asOfVersion {listVersion} the auditor counted at, so that an attestation of an older list is refused
    function attest(Attestation calldata attestation, uint64 asOfVersion) external;
    /// @notice Takes back the attestation in force: minting closes, and only a count made after this moment opens it again.
    function revokeAttestation() external;

    // --- guardian / treasurer ---
    function suspend(uint256 barId, string calldata reason) external;
    function reinstate(uint256 barId) external;
    /// @notice Gold leaves the reserve (TREASURER, delayed): an Active or Suspended bar backs nothing any more.
    function withdraw(uint256 barId, string calldata reason) external;

    // --- redemption desk (BAR_ALLOCATOR) ---
    function commit(uint256 barId, uint256 redemptionId) external returns (uint256 fineWeightMg);
    function release(uint256 barId, uint256 redemptionId) external;
    /// @notice The bar is handed over, and its certificate goes to `to`.
    function deliver(uint256 barId, uint256 redemptionId, address to) external;
    /// @notice The bar was lost on its way: what backed the token is gone, and shows.
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
    /// @notice Number of bars that are Active or Committed.
    function backingBars() external view returns (uint256);
    /// @notice Rises with every change of the list of Active and Committed bars, or of a weight in it.
    function listVersion() external view returns (uint64);
    /// @return barReassay the proposal that waits for the auditor (all zero: none)
    function reassay(uint256 barId) external view returns (Reassay memory barReassay);
    /// @notice The redemption that a Committed or Delivered bar was set aside for (0: none).
    function redemptionOf(uint256 barId) external view returns (uint256 redemptionId);
    /// @notice The attestation in force (all zero: none, or revoked).
    function lastAttestation() external view returns (Attestation memory);
}
