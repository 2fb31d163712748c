// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IGoldDesk} from "../interfaces/IGoldDesk.sol";
import {IGoldReserve} from "../interfaces/IGoldReserve.sol";
import {IGoldToken} from "../interfaces/IGoldToken.sol";
import {IInvestorRegistry} from "../interfaces/IInvestorRegistry.sol";
import {IPriceOracle} from "../interfaces/IPriceOracle.sol";
import {IStakedGold} from "../interfaces/IStakedGold.sol";
import {FeedReader} from "../price/FeedReader.sol";
import {HeadroomLedger} from "./HeadroomLedger.sol";
import {TradeMath} from "./TradeMath.sol";

/// @title TradePricing: what a trade would do now, for GoldDesk's trades and for its views alike
/// @dev Storage, computation and views of {GoldDesk}; everything that changes anything stands there.
abstract contract TradePricing is IGoldDesk {
    using HeadroomLedger for HeadroomLedger.Ledger;
    using RateLimiter for RateLimiter.RefillingBucket;

    // --- CONSTANTS AND IMMUTABLES ---

    uint256 private constant ONE = 1e18;
    uint256 private constant LOWEST_PEG = 0.98e18;
    uint256 private constant HIGHEST_PEG = 1.02e18;
    bytes32 internal constant BUYS = 0;
    bytes32 internal constant SELLS = bytes32(uint256(1));

    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IGoldToken internal immutable TOKEN;
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IPriceOracle internal immutable ORACLE;
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IInvestorRegistry internal immutable REGISTRY;
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IStakedGold internal immutable STAKING;

    // --- STORAGE ---

    /// @param hourly hourlyGrams of {Terms}, with an entry for {BUYS} and one for {SELLS}
    struct ModeTerms {
        uint16 spreadBps;
        uint128 maxGrams;
        RateLimiter.RefillingBucket hourly;
    }

    /// @param grams reserved, or once settled minted, wei of EAU, fee included
    struct Order {
        uint128 grams;
        uint48 until;
        OrderState state;
    }

    /// @dev What the token asks of a mint, besides the headroom.
    struct MintBasis {
        uint256 limit;
        uint48 pausedUntil;
        uint48 maxAge;
        uint48 attestedAt;
    }

    /// @custom:storage-location erc7201:eaurum.storage.GoldDesk
    struct GoldDeskStorage {
        uint48 pausedUntil;
        uint16 feeBps;
        mapping(IPriceOracle.Mode mode => ModeTerms) terms;
        mapping(address coin => Coin) coins;
        address[] coinList;
        mapping(bytes32 orderId => Order) orders;
        HeadroomLedger.Ledger headroom;
        RateLimiter.RefillingBucket issuer;
    }

    // keccak256(abi.encode(uint256(keccak256("eaurum.storage.GoldDesk")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_LOCATION = 0x26094fa2290080df68d5ded122ee6e155008c678f5409811f5f9a5d442500d00;

    // --- CONSTRUCTION ---

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IGoldToken token, IPriceOracle oracle, IInvestorRegistry registry, IStakedGold staking) {
        TOKEN = token;
        ORACLE = oracle;
        REGISTRY = registry;
        STAKING = staking;
    }

    // --- VIEWS ---

    /// @inheritdoc IGoldDesk
    function quoteBuy(address coin, uint256 coinIn) external view returns (TradeQuote memory) {
        return _tradeBuy(_quote(), coin, coinIn);
    }

    /// @inheritdoc IGoldDesk
    function quoteSell(address coin, uint256 grams) external view returns (TradeQuote memory) {
        return _tradeSell(_quote(), coin, grams);
    }

    /// @inheritdoc IGoldDesk
    function buyable() external view returns (uint256 grams) {
        IPriceOracle.Quote memory observed = _quote();
        if (observed.mode == IPriceOracle.Mode.Halted || _pausedNow()) return 0;
        MintBasis memory basis = _mintBasis();
        if (block.timestamp < basis.pausedUntil || _isTooOld(basis)) return 0;

        ModeTerms storage mode = _storage().terms[observed.mode];
        uint256 gross = Math.min(mode.maxGrams, mode.hourly.available(BUYS));
        gross = Math.min(gross, Math.min(_headroom(), basis.limit));
        return gross - TradeMath.feeOf(gross, _storage().feeBps);
    }

    /// @inheritdoc IGoldDesk
    function sellable(address coin) external view returns (uint256 grams) {
        IPriceOracle.Quote memory observed = _quote();
        if (observed.mode == IPriceOracle.Mode.Halted || _pausedNow()) return 0;
        if (block.timestamp < _transfersPausedUntil()) return 0;
        Coin storage config = _storage().coins[coin];
        if (!config.enabled) return 0;
        (bool live, uint256 usdPerCoin) = _readCoin(config);
        if (!live || !_onPeg(usdPerCoin)) return 0;

        ModeTerms storage mode = _storage().terms[observed.mode];
        grams = TradeMath.gramsPayable(
            _balanceOf(coin, address(this)),
            Math.max(usdPerCoin, ONE),
            config.decimals,
            TradeMath.sellRate(observed.lowUsdPerGram, mode.spreadBps),
            _storage().feeBps
        );
        return Math.min(grams, Math.min(mode.maxGrams, mode.hourly.available(SELLS)));
    }

    /// @inheritdoc IGoldDesk
    function coins() external view returns (address[] memory) {
        return _storage().coinList;
    }

    /// @inheritdoc IGoldDesk
    function coinConfig(address coin) external view returns (Coin memory) {
        return _storage().coins[coin];
    }

    /// @inheritdoc IGoldDesk
    function terms(IPriceOracle.Mode mode) public view returns (Terms memory) {
        ModeTerms storage current = _storage().terms[mode];
        return Terms(current.spreadBps, current.maxGrams, current.hourly._capacity);
    }

    /// @inheritdoc IGoldDesk
    function feeBps() external view returns (uint16) {
        return _storage().feeBps;
    }

    /// @inheritdoc IGoldDesk
    function order(bytes32 orderId) external view returns (OrderState state, uint256 grams, uint48 until) {
        Order memory order_ = _storage().orders[orderId];
        return (order_.state, order_.grams, order_.until);
    }

    /// @inheritdoc IGoldDesk
    function headroomReserved() external view returns (uint256 grams) {
        return _storage().headroom.live();
    }

    /// @inheritdoc IGoldDesk
    function dealingPausedUntil() external view returns (uint48) {
        return _storage().pausedUntil;
    }

    /// @inheritdoc IGoldDesk
    function issuerLimit() external view returns (uint208 hourlyGrams, uint256 available) {
        RateLimiter.RefillingBucket storage issuer = _storage().issuer;
        return (issuer._capacity, issuer.available(0));
    }

    /// @inheritdoc IGoldDesk
    function hourlyAvailable(IPriceOracle.Mode mode, bool buying) external view returns (uint256 available) {
        return _storage().terms[mode].hourly.available(buying ? BUYS : SELLS);
    }

    // --- TRADES: what they would do, the same for a quote and for the trade ---

    function _tradeBuy(
        IPriceOracle.Quote memory observed,
        address coin,
        uint256 coinIn
    ) internal view returns (TradeQuote memory trade) {
        trade = _begin(observed);
        (Coin storage config, uint256 usdPerCoin) = _coinValue(coin);
        trade.coinAmount = coinIn;
        trade.usdPerCoin = Math.min(usdPerCoin, ONE);
        _fillBuy(trade, TradeMath.coinToUsd(coinIn, trade.usdPerCoin, config.decimals));
        uint256 gross = trade.grams + trade.feeGrams;
        uint256 available = _storage().terms[observed.mode].hourly.available(BUYS);
        if (gross > available) revert HourlyLimitExceeded(gross, available);
    }

    /// @dev An order paid off-chain has no coin, and the issuer's bucket instead of the buyers'.
    function _tradeForUsd(
        IPriceOracle.Quote memory observed,
        uint256 usd
    ) internal view returns (TradeQuote memory trade) {
        trade = _begin(observed);
        _fillBuy(trade, usd);
    }

    /// @dev Grams for dollars, and whether they may be minted now.
    function _fillBuy(TradeQuote memory trade, uint256 usd) private view {
        trade.usdPerGram = TradeMath.buyRate(trade.observed.highUsdPerGram, trade.spreadBps);
        uint256 gross = TradeMath.usdToGrams(usd, trade.usdPerGram);
        trade.feeGrams = TradeMath.feeOf(gross, trade.feeBps);
        trade.grams = gross - trade.feeGrams;
        if (trade.grams == 0) revert TooLittle(0, 1);
        _checkSize(trade.observed.mode, gross);
        _checkMint(gross);
    }

    function _tradeSell(
        IPriceOracle.Quote memory observed,
        address coin,
        uint256 grams
    ) internal view returns (TradeQuote memory trade) {
        trade = _begin(observed);
        (Coin storage config, uint256 usdPerCoin) = _coinValue(coin);
        trade.usdPerCoin = Math.max(usdPerCoin, ONE);
        trade.usdPerGram = TradeMath.sellRate(observed.lowUsdPerGram, trade.spreadBps);
        trade.grams = grams;
        trade.feeGrams = TradeMath.feeOf(grams, trade.feeBps);
        uint256 usd = TradeMath.gramsToUsd(grams - trade.feeGrams, trade.usdPerGram);
        trade.coinAmount = TradeMath.usdToCoin(usd, trade.usdPerCoin, config.decimals);
        if (trade.coinAmount == 0) revert TooLittle(0, 1);
        _checkSize(observed.mode, grams);

        uint256 available = _storage().terms[observed.mode].hourly.available(SELLS);
        if (grams > available) revert HourlyLimitExceeded(grams, available);
        uint48 transfersPausedUntil = _transfersPausedUntil();
        if (block.timestamp < transfersPausedUntil) revert IGoldToken.TransfersArePaused(transfersPausedUntil);
        available = _balanceOf(coin, address(this));
        if (trade.coinAmount > available) revert InsufficientLiquidity(coin, trade.coinAmount, available);
    }

    function _begin(IPriceOracle.Quote memory observed) private view returns (TradeQuote memory trade) {
        if (_pausedNow()) revert DealingIsPaused(_storage().pausedUntil);
        if (observed.mode == IPriceOracle.Mode.Halted) revert DealingHalted();
        trade.observed = observed;
        trade.feeBps = _storage().feeBps;
        trade.spreadBps = _storage().terms[observed.mode].spreadBps;
    }

    function _checkSize(IPriceOracle.Mode mode, uint256 gross) private view {
        uint256 most = _storage().terms[mode].maxGrams;
        if (gross > most) revert TradeTooLarge(gross, most);
    }

    /// @dev What the token asks, asked for the fee and the buyer's grams together, and with what is reserved left out.
    function _checkMint(uint256 gross) private view {
        uint256 available = _headroom();
        if (gross > available) revert NoHeadroom(gross, available);
        MintBasis memory basis = _mintBasis();
        if (gross > basis.limit) revert IGoldToken.MintLimitExceeded(address(this), gross, basis.limit);
        if (block.timestamp < basis.pausedUntil) revert IGoldToken.MintingIsPaused(basis.pausedUntil);
        if (_isTooOld(basis)) revert IGoldToken.AttestationTooOld(basis.attestedAt, basis.maxAge);
    }

    // --- INTERNALS ---

    /// @dev Wei of EAU that the reserve covers beyond the supply, less what is kept for paid orders.
    function _headroom() internal view returns (uint256) {
        return Math.saturatingSub(TOKEN.mintable(), _storage().headroom.live());
    }

    function _mintBasis() private view returns (MintBasis memory basis) {
        (, , basis.limit) = TOKEN.mintLimitOf(address(this));
        basis.pausedUntil = TOKEN.mintingPausedUntil();
        basis.maxAge = TOKEN.maxAttestationAge();
        (, basis.attestedAt) = IGoldReserve(TOKEN.reserve()).mintBasis();
    }

    function _isTooOld(MintBasis memory basis) private view returns (bool) {
        return basis.attestedAt == 0 || block.timestamp > uint256(basis.attestedAt) + basis.maxAge;
    }

    function _quote() private view returns (IPriceOracle.Quote memory) {
        return ORACLE.quote();
    }

    function _transfersPausedUntil() private view returns (uint48) {
        return TOKEN.transfersPausedUntil();
    }

    function _balanceOf(address token, address account) internal view returns (uint256) {
        return IERC20(token).balanceOf(account);
    }

    function _pausedNow() private view returns (bool) {
        return block.timestamp < _storage().pausedUntil;
    }

    function _acceptedCoin(address coin) internal view returns (Coin storage config) {
        config = _storage().coins[coin];
        if (!config.enabled) revert CoinNotAccepted(coin);
    }

    function _coinValue(address coin) private view returns (Coin storage config, uint256 usdPerCoin) {
        config = _acceptedCoin(coin);
        bool live;
        (live, usdPerCoin) = _readCoin(config);
        if (!live) revert CoinFeedDead(coin);
        if (!_onPeg(usdPerCoin)) revert CoinOffPeg(coin, usdPerCoin);
    }

    /// @dev `usdPerCoin` has 18 decimals; it means nothing unless `live`.
    function _readCoin(Coin storage config) private view returns (bool live, uint256 usdPerCoin) {
        // Bounds that keep the scaling from overflowing; whether the answer is near one dollar is asked apart from that.
        (live, usdPerCoin, ) = FeedReader.read(config.feed, config.heartbeat, 1, type(uint128).max);
        if (live) usdPerCoin *= 10 ** (FeedReader.MAX_DECIMALS - config.feedDecimals);
    }

    function _onPeg(uint256 usdPerCoin) private pure returns (bool) {
        return usdPerCoin >= LOWEST_PEG && usdPerCoin <= HIGHEST_PEG;
    }

    function _storage() internal pure returns (GoldDeskStorage storage $) {
        assembly {
            $.slot := STORAGE_LOCATION
        }
    }
}
