// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @title GoldToken (EAU): one token, 1e18 wei, is one gram of fine gold
/// @notice A mint of x needs supply + x <= (backing + committed) x 1e15, an attestation that is recent enough, and room in
/// the minter's rate limit. The check stands here, so that no minter can go round it. Besides what is declared here the
/// token speaks ERC-20, ERC-2612, ERC-3009 (also with byte signatures for ERC-1271 wallets), ERC-5267, ERC-165 and ERC-7943.
interface IGoldToken is IERC20Metadata, IERC20Permit {
    /// @param None an ordinary account
    /// @param Protocol cannot be frozen
    /// @param Escrow cannot be frozen, and pays out while transfers are paused: escrow always ends
    enum AccountKind {
        None,
        Protocol,
        Escrow
    }

    event MintLimitChanged(address indexed minter, uint208 capacity, uint48 window);
    event MaxAttestationAgeChanged(uint48 oldAge, uint48 newAge);
    event AccountKindChanged(address indexed account, AccountKind kind);
    event MintingPaused(address indexed by, uint48 until);
    event MintingResumed(address indexed by);
    event TransfersPaused(address indexed by, uint48 until);
    event TransfersResumed(address indexed by);

    /// @notice The gold in the reserve does not cover the mint. Amounts in wei of EAU.
    error ReserveExceeded(uint256 supply, uint256 amount, uint256 backed);
    error AttestationTooOld(uint48 attestedAt, uint48 maxAge);
    error MintLimitExceeded(address minter, uint256 amount, uint256 available);
    error MintingIsPaused(uint48 until);
    error TransfersArePaused(uint48 until);
    /// @notice A pause must last from one second to `longest`. Seconds.
    error PauseDurationOutOfRange(uint48 duration, uint48 longest);
    /// @notice Transfers were paused less than a week ago. Unix seconds.
    error PauseNotRenewable(uint48 notBefore);
    /// @notice GUARDIAN may only lower; what raises is TREASURER's, and waits.
    error NotLower(uint256 current, uint256 asked);
    error NotHigher(uint256 current, uint256 asked);
    /// @notice A limit that is more than nothing needs a window to refill over.
    error WindowMissing();
    error CannotFreezeProtocol(address account);
    /// @notice A forced transfer reaches frozen tokens only. Wei of EAU.
    error NotFrozen(address account, uint256 amount, uint256 frozen);

    // --- MINTER / BURNER ---
    /// @param amount wei of EAU
    function mint(address to, uint256 amount) external;
    /// @notice Burns the caller's own tokens.
    function burn(uint256 amount) external;

    // --- GUARDIAN (at once) ---
    /// @notice Pauses minting; a pause that already runs longer is left as it is.
    /// @param duration seconds, at most 7 days
    function pauseMinting(uint48 duration) external;
    /// @param duration seconds, at most 72 h; cannot be renewed within a week of its start
    function pauseTransfers(uint48 duration) external;
    function lowerMintLimit(address minter, uint208 capacity) external;
    function lowerMaxAttestationAge(uint48 newAge) external;

    // --- TREASURER (delayed) ---
    function resumeMinting() external;
    function resumeTransfers() external;
    /// @notice Sets both numbers as they are given, higher or lower.
    /// @param capacity wei of EAU that can be minted in a burst; refills over `window` seconds. Zero means nothing.
    function raiseMintLimit(address minter, uint208 capacity, uint48 window) external;
    function raiseMaxAttestationAge(uint48 newAge) external;
    /// @notice Whatever was frozen in an account is set free when it becomes the protocol's.
    function setAccountKind(address account, AccountKind kind) external;

    // --- views ---
    function mintLimitOf(address minter) external view returns (uint208 capacity, uint48 window, uint256 available);
    function maxAttestationAge() external view returns (uint48);
    /// @notice Wei of EAU that the reserve still covers beyond the supply (0 when it does not cover the supply).
    function mintable() external view returns (uint256);
    function accountKind(address account) external view returns (AccountKind);
    function mintingPausedUntil() external view returns (uint48);
    function transfersPausedUntil() external view returns (uint48);
    function reserve() external view returns (address);
}
