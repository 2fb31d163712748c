// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {AccessManagedUpgradeable} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";
import {IGoldDesk} from "../interfaces/IGoldDesk.sol";
import {IGoldToken} from "../interfaces/IGoldToken.sol";
import {IInvestorRegistry} from "../interfaces/IInvestorRegistry.sol";
import {IPriceOracle} from "../interfaces/IPriceOracle.sol";
import {IStakedGold} from "../interfaces/IStakedGold.sol";
import {FeedReader} from "../price/FeedReader.sol";
import {HeadroomLedger} from "./HeadroomLedger.sol";
import {TradePricing} from "./TradePricing.sol";

/// @title GoldDesk
///
/// PRICE
/// A buyer pays high plus the spread, a seller gets low less the spread, an order paid off-chain is bought at the rate of a
/// buyer. One function each ({TradePricing}) computes a trade and checks all that doesn't depend on who trades; the views are the same call.
/// A coin counts for min(feed, 1) when it comes in and max(feed, 1) when it goes out, and for nothing outside 0.98-1.02.
///
/// LIMITS
/// Per mode: the most of one trade, and a bucket each for buys and sells that refills over an hour. The buckets count
/// every trade in full: netting a buy against a sell would let a wrong price be used any number of times. Emptying a bucket
/// costs the spread and the fee on all of it, each hour, paid to the stakers; a trade that reverts takes nothing out; and
/// buys can never stand in the way of sells. ISSUER has a bucket of its own, so that neither blocks the other, and a stolen
/// issuer key mints that much an hour at most, the token's limit for this desk and the reserve bounding all of it.
///
/// GOLD
/// What is minted to buyers never exceeds what the reserve covers beyond the supply, less what is kept for paid orders.
/// This desk holds no EAU between two calls.
contract GoldDesk is TradePricing, AccessManagedUpgradeable, ReentrancyGuardTransient, UUPSUpgradeable {
    using HeadroomLedger for HeadroomLedger.Ledger;
    using RateLimiter for RateLimiter.RefillingBucket;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    // --- CONSTANTS ---

    uint16 private constant MAX_FEE_BPS = 500;
    uint16 private constant MAX_SPREAD_BPS = 2_000;
    uint8 private constant MAX_COIN_DECIMALS = 30;
    uint48 private constant MAX_PAUSE = 7 days;
    uint48 private constant MAX_RESERVATION = 7 days;

    // --- CONSTRUCTION ---

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(
        IGoldToken token,
        IPriceOracle oracle,
        IInvestorRegistry registry,
        IStakedGold staking
    ) TradePricing(token, oracle, registry, staking) {
        _disableInitializers();
    }

    /// @notice The issuer's limit begins as the hourly limit of Normal.
    /// @param authority the AccessManager
    /// @param feeBps_ at most 500
    function initialize(
        address authority,
        uint16 feeBps_,
        Terms calldata normal,
        Terms calldata degraded,
        Terms calldata afterHours
    ) external initializer {
        __AccessManaged_init(authority);
        _setFee(feeBps_);
        _setTerms(IPriceOracle.Mode.Normal, normal);
        _setTerms(IPriceOracle.Mode.Degraded, degraded);
        _setTerms(IPriceOracle.Mode.AfterHours, afterHours);
        _setIssuerLimit(normal.hourlyGrams);
    }

    // --- INVESTORS ---

    /// @inheritdoc IGoldDesk
    function buy(
        address coin,
        uint256 coinIn,
        uint256 minGrams,
        uint256 deadline
    ) external nonReentrant returns (uint256 grams) {
        return _buy(coin, coinIn, minGrams, deadline);
    }

    /// @inheritdoc IGoldDesk
    function buyWithPermit(
        address coin,
        uint256 coinIn,
        uint256 minGrams,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant returns (uint256 grams) {
        // Asked first: no call goes to a contract that TREASURER did not choose.
        _acceptedCoin(coin);
        _permit(coin, coinIn, deadline, v, r, s);
        return _buy(coin, coinIn, minGrams, deadline);
    }

    /// @inheritdoc IGoldDesk
    function sell(
        address coin,
        uint256 grams,
        uint256 minCoinOut,
        uint256 deadline
    ) external nonReentrant returns (uint256 coinOut) {
        return _sell(coin, grams, minCoinOut, deadline);
    }

    /// @inheritdoc IGoldDesk
    function sellWithPermit(
        address coin,
        uint256 grams,
        uint256 minCoinOut,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant returns (uint256 coinOut) {
        _permit(address(TOKEN), grams, deadline, v, r, s);
        return _sell(coin, grams, minCoinOut, deadline);
    }

    // --- ISSUER ---

    /// @inheritdoc IGoldDesk
    function settle(
        bytes32 orderId,
        address to,
        uint256 usd,
        uint256 minGrams
    ) external restricted nonReentrant returns (uint256 grams) {
        GoldDeskStorage storage $ = _storage();
        Order storage order_ = $.orders[orderId];
        OrderState state = order_.state;
        if (state != OrderState.None && state != OrderState.Reserved) revert OrderNotOpen(orderId, state);
        _checkEligible(to);
        // Taken out first, so that the order's own headroom is there for it; a lapsed one is out already.
        if (state == OrderState.Reserved) $.headroom.remove(order_.grams, HeadroomLedger.hourOf(order_.until));

        (IPriceOracle.Quote memory observed, uint64 sequence) = _record();
        TradeQuote memory trade = _tradeForUsd(observed, usd);
        grams = trade.grams;
        if (grams < minGrams) revert TooLittle(grams, minGrams);
        uint256 gross = grams + trade.feeGrams;
        uint256 available = $.issuer.available(0);
        if (!$.issuer.tryConsume(0, gross)) revert HourlyLimitExceeded(gross, available);

        order_.state = OrderState.Settled;
        order_.grams = gross.toUint128();
        _mint(to, grams, trade.feeGrams);
        emit OrderSettled(orderId, to, sequence, usd, grams, trade.feeGrams, trade.usdPerGram, observed);
    }

    /// @inheritdoc IGoldDesk
    function reserve(bytes32 orderId, uint256 grams, uint48 until) external restricted nonReentrant {
        GoldDeskStorage storage $ = _storage();
        Order storage order_ = $.orders[orderId];
        // A reservation that has lapsed may be made again.
        bool lapsed = order_.state == OrderState.Reserved && block.timestamp >= order_.until;
        if (order_.state != OrderState.None && !lapsed) revert OrderNotOpen(orderId, order_.state);
        if (until <= block.timestamp || until > block.timestamp + MAX_RESERVATION) revert InvalidDuration(until);
        if (grams == 0) revert TooLittle(grams, 1);
        // A stolen issuer key can keep no more from buyers than it could mint in an hour.
        uint256 available = Math.min(_headroom(), Math.saturatingSub($.issuer._capacity, $.headroom.live()));
        if (grams > available) revert NoHeadroom(grams, available);

        uint256 untilHour = HeadroomLedger.hourOf(until);
        $.headroom.add(grams, untilHour);
        // Fits: `until` is at most 7 days and an hour ahead.
        until = uint48(untilHour * 1 hours);
        $.orders[orderId] = Order(grams.toUint128(), until, OrderState.Reserved);
        emit OrderReserved(orderId, grams, until);
    }

    /// @inheritdoc IGoldDesk
    function releaseOrder(bytes32 orderId) external restricted {
        GoldDeskStorage storage $ = _storage();
        Order storage order_ = $.orders[orderId];
        if (order_.state != OrderState.Reserved) revert OrderNotOpen(orderId, order_.state);
        $.headroom.remove(order_.grams, HeadroomLedger.hourOf(order_.until));
        order_.state = OrderState.Released;
        emit OrderReleased(orderId, order_.grams);
    }

    // --- GUARDIAN ---

    /// @inheritdoc IGoldDesk
    function pauseDealing(uint48 duration) external restricted {
        if (duration == 0 || duration > MAX_PAUSE) revert InvalidDuration(duration);
        GoldDeskStorage storage $ = _storage();
        uint48 until = uint48(block.timestamp) + duration;
        if (until < $.pausedUntil) until = $.pausedUntil;
        $.pausedUntil = until;
        emit DealingPaused(_msgSender(), until);
    }

    /// @inheritdoc IGoldDesk
    function lowerTerms(IPriceOracle.Mode mode, Terms calldata newTerms) external restricted {
        Terms memory old = terms(mode);
        bool looser =
            newTerms.spreadBps < old.spreadBps ||
                newTerms.maxGrams > old.maxGrams ||
                newTerms.hourlyGrams > old.hourlyGrams;
        bool same =
            newTerms.spreadBps == old.spreadBps &&
                newTerms.maxGrams == old.maxGrams &&
                newTerms.hourlyGrams == old.hourlyGrams;
        if (looser || same) revert InvalidTerms(mode);
        _setTerms(mode, newTerms);
    }

    /// @inheritdoc IGoldDesk
    function disableCoin(address coin) external restricted {
        Coin storage config = _acceptedCoin(coin);
        config.enabled = false;
        emit CoinChanged(coin, config);
    }

    /// @inheritdoc IGoldDesk
    function lowerIssuerLimit(uint208 hourlyGrams) external restricted {
        if (hourlyGrams >= _storage().issuer._capacity) revert InvalidIssuerLimit(hourlyGrams);
        _setIssuerLimit(hourlyGrams);
    }

    // --- TREASURER ---

    /// @inheritdoc IGoldDesk
    function resumeDealing() external restricted {
        _storage().pausedUntil = 0;
        emit DealingResumed(_msgSender());
    }

    /// @inheritdoc IGoldDesk
    function raiseTerms(IPriceOracle.Mode mode, Terms calldata newTerms) external restricted {
        _setTerms(mode, newTerms);
    }

    /// @inheritdoc IGoldDesk
    function setCoin(address coin, address feed, uint32 heartbeat, uint128 floor) external restricted {
        uint8 decimals = IERC20Metadata(coin).decimals();
        uint8 feedDecimals = AggregatorV3Interface(feed).decimals();
        // EAU itself is no coin: its balance here is that of trades under way.
        bool tooFine = decimals > MAX_COIN_DECIMALS || feedDecimals > FeedReader.MAX_DECIMALS;
        if (coin == address(TOKEN) || heartbeat == 0 || tooFine) revert InvalidCoin(coin);
        GoldDeskStorage storage $ = _storage();
        if ($.coins[coin].feed == address(0)) $.coinList.push(coin);
        Coin memory config = Coin(feed, heartbeat, decimals, feedDecimals, true, floor);
        $.coins[coin] = config;
        emit CoinChanged(coin, config);
    }

    /// @inheritdoc IGoldDesk
    function setFee(uint16 newBps) external restricted {
        _setFee(newBps);
    }

    /// @inheritdoc IGoldDesk
    function raiseIssuerLimit(uint208 hourlyGrams) external restricted {
        if (hourlyGrams <= _storage().issuer._capacity) revert InvalidIssuerLimit(hourlyGrams);
        _setIssuerLimit(hourlyGrams);
    }

    /// @inheritdoc IGoldDesk
    function withdraw(address coin, address to, uint256 amount) external restricted nonReentrant {
        Coin storage config = _storage().coins[coin];
        // A coin that is not dealt in has no sellers to keep a floor for.
        uint256 floor = config.enabled ? config.floor : 0;
        uint256 available = Math.saturatingSub(_balanceOf(coin, address(this)), floor);
        if (amount > available) revert InsufficientLiquidity(coin, amount, available);
        IERC20(coin).safeTransfer(to, amount);
        emit Withdrawn(coin, to, amount);
    }

    // --- TRADES: what happens ---

    function _buy(address coin, uint256 coinIn, uint256 minGrams, uint256 deadline) private returns (uint256 grams) {
        address buyer = _checkTrader(deadline);
        (IPriceOracle.Quote memory observed, uint64 sequence) = _record();
        TradeQuote memory trade = _tradeBuy(observed, coin, coinIn);
        grams = trade.grams;
        if (grams < minGrams) revert TooLittle(grams, minGrams);

        _storage().terms[observed.mode].hourly.consume(BUYS, grams + trade.feeGrams);
        uint256 before = _balanceOf(coin, address(this));
        IERC20(coin).safeTransferFrom(buyer, address(this), coinIn);
        uint256 received = _balanceOf(coin, address(this)) - before;
        if (received < coinIn) revert CoinTookFee(coin, coinIn, received);
        _mint(buyer, grams, trade.feeGrams);
        emit Bought(buyer, coin, sequence, coinIn, grams, trade.feeGrams, trade.usdPerGram, trade.usdPerCoin, observed);
    }

    function _sell(
        address coin,
        uint256 grams,
        uint256 minCoinOut,
        uint256 deadline
    ) private returns (uint256 coinOut) {
        address seller = _checkTrader(deadline);
        (IPriceOracle.Quote memory observed, uint64 sequence) = _record();
        TradeQuote memory trade = _tradeSell(observed, coin, grams);
        coinOut = trade.coinAmount;
        if (coinOut < minCoinOut) revert TooLittle(coinOut, minCoinOut);

        _storage().terms[observed.mode].hourly.consume(SELLS, grams);
        IERC20(TOKEN).safeTransferFrom(seller, address(this), grams);
        if (trade.feeGrams != 0) {
            IERC20(TOKEN).safeTransfer(address(STAKING), trade.feeGrams);
            STAKING.giveFees(trade.feeGrams);
        }
        TOKEN.burn(grams - trade.feeGrams);
        uint256 before = _balanceOf(coin, seller);
        IERC20(coin).safeTransfer(seller, coinOut);
        uint256 received = _balanceOf(coin, seller) - before;
        if (received < coinOut) revert CoinTookFee(coin, coinOut, received);
        emit Sold(seller, coin, sequence, grams, trade.feeGrams, coinOut, trade.usdPerGram, trade.usdPerCoin, observed);
    }

    function _mint(address to, uint256 grams, uint256 feeGrams) private {
        if (feeGrams != 0) {
            TOKEN.mint(address(STAKING), feeGrams);
            STAKING.giveFees(feeGrams);
        }
        TOKEN.mint(to, grams);
    }

    /// @dev Somebody may have brought the permit before: then it fails here, and the allowance is there all the same. Where
    /// it isn't, the transfer says so.
    function _permit(address token, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) private {
        try IERC20Permit(token).permit(_msgSender(), address(this), amount, deadline, v, r, s) {} catch {}
    }

    function _checkTrader(uint256 deadline) private view returns (address trader) {
        trader = _msgSender();
        if (block.timestamp > deadline) revert DeadlinePassed(deadline);
        _checkEligible(trader);
    }

    function _checkEligible(address account) private view {
        if (!REGISTRY.isEligible(account)) revert NotEligible(account);
    }

    function _record() private returns (IPriceOracle.Quote memory observed, uint64 sequence) {
        return ORACLE.record();
    }

    // --- INTERNALS ---

    function _setTerms(IPriceOracle.Mode mode, Terms memory newTerms) private {
        if (mode == IPriceOracle.Mode.Halted || newTerms.spreadBps > MAX_SPREAD_BPS) revert InvalidTerms(mode);
        ModeTerms storage current = _storage().terms[mode];
        current.spreadBps = newTerms.spreadBps;
        current.maxGrams = newTerms.maxGrams;
        // What was used is carried over at the old rate first, so that a new rate does not refill the past.
        current.hourly.sync(BUYS);
        current.hourly.sync(SELLS);
        current.hourly.updateSettings(1 hours, newTerms.hourlyGrams);
        emit TermsChanged(mode, newTerms);
    }

    function _setIssuerLimit(uint208 hourlyGrams) private {
        RateLimiter.RefillingBucket storage issuer = _storage().issuer;
        emit IssuerLimitChanged(issuer._capacity, hourlyGrams);
        issuer.sync(0);
        issuer.updateSettings(1 hours, hourlyGrams);
    }

    function _setFee(uint16 newBps) private {
        if (newBps > MAX_FEE_BPS) revert InvalidFee(newBps);
        GoldDeskStorage storage $ = _storage();
        emit FeeChanged($.feeBps, newBps);
        $.feeBps = newBps;
    }

    function _authorizeUpgrade(address) internal override restricted {}
}
