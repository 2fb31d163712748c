// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @title StakedGold (sEAU): ERC-4626 over EAU; fees of trades are paid out here, in gold
/// @notice Fees given by a FEE_PAYER wait; anyone starts their stream, at most once every seventh of `streamDuration` (daily
/// for a week); new fees run over `streamDuration`, what remained of the last stream over the time that it had left.
/// With no shares (less than {minStreamSupply}) nothing streams: the clock stands still, and what was not streamed waits.
/// It counts what it was given, not its balance: a donation moves nothing. Shares have three decimals more than EAU.
/// A frozen owner's shares stay where they are: {maxWithdraw} and {maxRedeem} are 0, and transfers of them are refused.
interface IStakedGold is IERC4626 {
    event FeesGiven(address indexed payer, uint256 amount);
    event StreamStarted(uint256 amount, uint48 start, uint48 end);
    event StreamDurationChanged(uint48 oldDuration, uint48 newDuration);

    error StreamTooSoon(uint48 nextAt);
    error NothingToStream();
    /// @notice The fees that a payer told of are not here. Amounts in wei of EAU.
    error FeesNotReceived(uint256 balance, uint256 wanted);
    error InvalidStreamDuration(uint48 duration);
    error OwnerFrozen(address owner);

    /// @notice FEE_PAYER tells that it sent `amount` wei of EAU as fees in this transaction.
    function giveFees(uint256 amount) external;
    /// @notice Starts streaming the waiting fees, with what remained of the last stream. Anyone may, at most daily.
    function startStream() external;
    /// @return wei of EAU given and not yet in a stream
    function pendingFees() external view returns (uint256);
    /// @return wei of EAU of the running stream that are not yet the stakers'
    function unstreamed() external view returns (uint256);
    /// @return seconds over which new fees are streamed
    function streamDuration() external view returns (uint48);
    /// @notice The running stream: `amount` wei of EAU from `start` to `end`. While nothing streams, `start` is now.
    function stream() external view returns (uint256 amount, uint48 start, uint48 end);
    /// @return unix seconds from which {startStream} may be called again
    function nextStreamAt() external view returns (uint48);
    /// @return shares below which nothing streams
    function minStreamSupply() external view returns (uint256);
    /// @notice TREASURER (delayed).
    function setStreamDuration(uint48 newDuration) external;
}
