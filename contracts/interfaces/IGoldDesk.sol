// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPriceOracle} from "./IPriceOracle.sol";

/// @title GoldDesk: buy, sell, and settle paid orders
/// @notice Sells gold at the oracle's high plus the spread, buys it at the low less the spread, so that nobody trades against
/// a feed that lags. Fees are taken in EAU and go to StakedGold. Rounding is always against the one who trades.
interface IGoldDesk {
    /// @param feed Chainlink's dollars per coin
    /// @param heartbeat seconds
    /// @param decimals of the coin, read when it is set
    /// @param feedDecimals read when it is set
    /// @param enabled a coin that is not enabled is not dealt in
    /// @param floor balance of the coin that withdrawals leave for sellers, in the coin's units
    struct Coin {
        address feed;
        uint32 heartbeat;
        uint8 decimals;
        uint8 feedDecimals;
        bool enabled;
        uint128 floor;
    }

    /// @param spreadBps added to the high and taken from the low
    /// @param maxGrams most of one trade, wei of EAU
    /// @param hourlyGrams most of all buys in this mode, wei of EAU, refilling over an hour; the same again for all sells.
    /// Whoever wants to use it up pays the spread and the fee on all of it, every hour; a trade that reverts uses nothing.
    struct Terms {
        uint16 spreadBps;
        uint128 maxGrams;
        uint208 hourlyGrams;
    }

    /// @param grams what the buyer gets (net of fee), or what the seller gives (gross), wei of EAU
    /// @param feeGrams to the stakers, wei of EAU
    /// @param coinAmount what the buyer pays or the seller gets, in the coin's units
    /// @param usdPerGram the rate dealt at, 18 decimals: high plus spread, or low less spread
    /// @param usdPerCoin what one coin was valued at, 18 decimals
    struct TradeQuote {
        uint256 grams;
        uint256 feeGrams;
        uint256 coinAmount;
        uint256 usdPerGram;
        uint256 usdPerCoin;
        uint16 spreadBps;
        uint16 feeBps;
        IPriceOracle.Quote observed;
    }

    enum OrderState {
        None,
        Reserved,
        Settled,
        Released
    }

    event Bought(
        address indexed buyer,
        address indexed coin,
        uint64 indexed observation,
        uint256 coinIn,
        uint256 grams,
        uint256 feeGrams,
        uint256 usdPerGram,
        uint256 usdPerCoin,
        IPriceOracle.Quote observed
    );
    event Sold(
        address indexed seller,
        address indexed coin,
        uint64 indexed observation,
        uint256 grams,
        uint256 feeGrams,
        uint256 coinOut,
        uint256 usdPerGram,
        uint256 usdPerCoin,
        IPriceOracle.Quote observed
    );
    event OrderReserved(bytes32 indexed orderId, uint256 grams, uint48 until);
    event OrderReleased(bytes32 indexed orderId, uint256 grams);
    event OrderSettled(
        bytes32 indexed orderId,
        address indexed to,
        uint64 indexed observation,
        uint256 usd,
        uint256 grams,
        uint256 feeGrams,
        uint256 usdPerGram,
        IPriceOracle.Quote observed
    );
    event CoinChanged(address indexed coin, Coin config);
    event TermsChanged(IPriceOracle.Mode indexed mode, Terms terms);
    event FeeChanged(uint16 oldBps, uint16 newBps);
    event DealingPaused(address indexed by, uint48 until);
    event DealingResumed(address indexed by);
    event Withdrawn(address indexed coin, address indexed to, uint256 amount);
    event IssuerLimitChanged(uint208 oldHourlyGrams, uint208 newHourlyGrams);

    error DealingHalted();
    error DealingIsPaused(uint48 until);
    error NotEligible(address account);
    error DeadlinePassed(uint256 deadline);
    error CoinNotAccepted(address coin);
    error CoinOffPeg(address coin, uint256 usdPerCoin);
    error CoinFeedDead(address coin);
    error TooLittle(uint256 amount, uint256 least);
    error TradeTooLarge(uint256 grams, uint256 most);
    error HourlyLimitExceeded(uint256 grams, uint256 available);
    error InsufficientLiquidity(address coin, uint256 amount, uint256 available);
    error NoHeadroom(uint256 grams, uint256 available);
    error OrderNotOpen(bytes32 orderId, OrderState state);
    error CoinTookFee(address coin, uint256 expected, uint256 received);
    error InvalidTerms(IPriceOracle.Mode mode);
    error InvalidCoin(address coin);
    error InvalidFee(uint16 bps);
    error InvalidDuration(uint256 duration);
    error InvalidIssuerLimit(uint208 hourlyGrams);

    // --- investors ---
    function buy(address coin, uint256 coinIn, uint256 minGrams, uint256 deadline) external returns (uint256 grams);
    function buyWithPermit(
        address coin,
        uint256 coinIn,
        uint256 minGrams,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 grams);
    function sell(address coin, uint256 grams, uint256 minCoinOut, uint256 deadline) external returns (uint256 coinOut);
    function sellWithPermit(
        address coin,
        uint256 grams,
        uint256 minCoinOut,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 coinOut);

    // --- ISSUER ---
    /// @notice Grams at the current price for an order paid off-chain, once per order, with or without a reservation.
    /// @param usd dollars paid for the order, 18 decimals
    /// @param minGrams wei of EAU; below them it reverts, and the order is re-quoted or refunded
    function settle(bytes32 orderId, address to, uint256 usd, uint256 minGrams) external returns (uint256 grams);
    /// @notice Keeps headroom for a paid order: nobody else can buy it before `until`, when the reservation lapses by itself.
    /// @param grams wei of EAU, fee included
    /// @param until unix seconds, at most 7 days ahead; rounded up to a whole hour, as {order} then says
    function reserve(bytes32 orderId, uint256 grams, uint48 until) external;
    /// @notice Ends a reservation and closes its order: it was refunded, and can't be settled any more.
    function releaseOrder(bytes32 orderId) external;

    // --- views: what the next trade would do, by the same code ---
    /// @notice Reverts with the error that the trade would revert with, leaving out what depends on the trader (status, balance, allowance).
    function quoteBuy(address coin, uint256 coinIn) external view returns (TradeQuote memory);
    function quoteSell(address coin, uint256 grams) external view returns (TradeQuote memory);
    /// @return grams most that a buyer can get now in one trade, net of fee: headroom, limits, mint rate (0 when halted)
    function buyable() external view returns (uint256 grams);
    /// @return grams most that a seller can give now in one trade for `coin`: liquidity, limits (0 when halted)
    function sellable(address coin) external view returns (uint256 grams);
    function coins() external view returns (address[] memory);
    function coinConfig(address coin) external view returns (Coin memory);
    function terms(IPriceOracle.Mode mode) external view returns (Terms memory);
    function feeBps() external view returns (uint16);
    function order(bytes32 orderId) external view returns (OrderState state, uint256 grams, uint48 until);
    function headroomReserved() external view returns (uint256 grams);
    function dealingPausedUntil() external view returns (uint48);
    /// @return hourlyGrams most that {settle} mints, wei of EAU, refilling over an hour; also the most it keeps reserved
    /// @return available wei of EAU left of it now
    function issuerLimit() external view returns (uint208 hourlyGrams, uint256 available);
    /// @return available wei of EAU left of the hourly limit of `mode`
    function hourlyAvailable(IPriceOracle.Mode mode, bool buying) external view returns (uint256 available);

    // --- GUARDIAN (at once) ---
    /// @param duration seconds, at most 7 days; never shortens a pause that runs
    function pauseDealing(uint48 duration) external;
    /// @notice A wider spread or lower limits; none looser, and not all the same.
    function lowerTerms(IPriceOracle.Mode mode, Terms calldata newTerms) external;
    /// @notice A coin that is off is neither taken nor paid out, and has no floor; setCoin turns it on again.
    function disableCoin(address coin) external;
    function lowerIssuerLimit(uint208 hourlyGrams) external;

    // --- TREASURER (delayed) ---
    function resumeDealing() external;
    /// @notice Sets terms as they are given, looser or tighter.
    /// @param newTerms spread at most 2,000 bps
    function raiseTerms(IPriceOracle.Mode mode, Terms calldata newTerms) external;
    /// @notice Takes a coin in, or changes it, and turns it on; decimals are read from the coin and from its feed.
    /// @param heartbeat seconds
    /// @param floor in the coin's units
    function setCoin(address coin, address feed, uint32 heartbeat, uint128 floor) external;
    /// @param newBps at most 500
    function setFee(uint16 newBps) external;
    function raiseIssuerLimit(uint208 hourlyGrams) external;
    /// @notice Takes out coins, down to the floor of a coin that is dealt in.
    function withdraw(address coin, address to, uint256 amount) external;
}
