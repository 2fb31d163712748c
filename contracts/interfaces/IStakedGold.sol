// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @title StakedGold (sEAU): ERC-4626 over EAU; fees of trades are paid out here, in gold
/// @notice Fees given by a FEE_PAYER wait; anyone starts their stream, at most once a day; it runs over `streamDuration`.
/// With no shares nothing streams. It counts what it was given, not its balance: a donation moves nothing.
interface IStakedGold is IERC4626 {
    event FeesGiven(address indexed payer, uint256 amount);
    event StreamStarted(uint256 amount, uint48 start, uint48 end);
    event StreamDurationChanged(uint48 oldDuration, uint48 newDuration);

    error StreamTooSoon(uint48 nextAt);
    error NothingToStream();

    /// @notice FEE_PAYER tells that it sent `amount` wei of EAU as fees in this transaction.
    function giveFees(uint256 amount) external;
    /// @notice Starts streaming the waiting fees, with what remained of the last stream. Anyone may, at most daily.
    function startStream() external;
    function pendingFees() external view returns (uint256);
    function unstreamed() external view returns (uint256);
    function streamDuration() external view returns (uint48);
    function stream() external view returns (uint256 amount, uint48 start, uint48 end);
    function nextStreamAt() external view returns (uint48);
    /// @notice TREASURER (delayed).
    function setStreamDuration(uint48 newDuration) external;
}
