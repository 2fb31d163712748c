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
    /// @param hourlyGrams most of all trades in this mode, wei of EAU, refilling over an hour
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
    /// @param usd dollars paid for the order, 18 decimals
    function settle(bytes32 orderId, address to, uint256 usd, uint256 minGrams) external returns (uint256 grams);
    function reserve(bytes32 orderId, uint256 grams, uint48 until) external;
    function releaseOrder(bytes32 orderId) external;

    // --- views: what the next trade would do, by the same code ---
    function quoteBuy(address coin, uint256 coinIn) external view returns (TradeQuote memory);
    function quoteSell(address coin, uint256 grams) external view returns (TradeQuote memory);
    /// @return grams most that can be bought now in one trade: reserve headroom, limits, mint rate (0 when halted)
    function buyable() external view returns (uint256 grams);
    /// @return grams most that can be sold now in one trade for `coin`: liquidity, limits (0 when halted)
    function sellable(address coin) external view returns (uint256 grams);
    function coins() external view returns (address[] memory);
    function coinConfig(address coin) external view returns (Coin memory);
    function terms(IPriceOracle.Mode mode) external view returns (Terms memory);
    function feeBps() external view returns (uint16);
    function order(bytes32 orderId) external view returns (OrderState state, uint256 grams, uint48 until);
    function headroomReserved() external view returns (uint256 grams);
    function dealingPausedUntil() external view returns (uint48);

    // --- GUARDIAN (at once) ---
    function pauseDealing(uint48 duration) external;
    function lowerTerms(IPriceOracle.Mode mode, Terms calldata newTerms) external;
    function disableCoin(address coin) external;

    // --- TREASURER (delayed) ---
    function resumeDealing() external;
    function raiseTerms(IPriceOracle.Mode mode, Terms calldata newTerms) external;
    function setCoin(address coin, address feed, uint32 heartbeat, uint128 floor) external;
    function setFee(uint16 newBps) external;
    function withdraw(address coin, address to, uint256 amount) external;
}
