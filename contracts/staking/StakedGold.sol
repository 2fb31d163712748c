// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {AccessManagedUpgradeable} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";
import {ERC20Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/ERC20Upgradeable.sol";
import {ERC20PermitUpgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20PermitUpgradeable.sol";
import {ERC4626Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC4626Upgradeable.sol";
import {IERC7943Fungible} from "../interfaces/IERC7943.sol";
import {IGoldToken} from "../interfaces/IGoldToken.sol";
import {IStakedGold} from "../interfaces/IStakedGold.sol";

/// @title StakedGold (sEAU): ERC-4626 over EAU; the fees of trades are paid out here, in gold
///
/// WHAT IT COUNTS
/// assets = deposits + rewards streamed so far - withdrawals. Fees that wait, what is not yet streamed, and donations are
/// no assets. The contract holds at least assets + unstreamed + pending, always.
///
/// STREAM
/// Linear from `start` to `end`. A new stream takes in the rest of the last one; its length is the mean of the rest's
/// remaining time and of `streamDuration`, weighted by amount, so that restarting with dust does not put rewards off.
/// While the supply is below {minStreamSupply} the clock stands still: time without stakers is nobody's, neither the
/// first depositor's nor that of one who holds a single wei, and no share can be inflated against the next depositor.
///
/// INFLATION
/// One virtual wei of assets and 1,000 virtual shares, and a donation is not counted: (assets + 1) / (shares + 1,000)
/// never falls, and nobody can make it jump.
///
/// No reentrancy guard: EAU, the only contract called, calls nobody back.
contract StakedGold is
    IStakedGold,
    ERC4626Upgradeable,
    ERC20PermitUpgradeable,
    AccessManagedUpgradeable,
    UUPSUpgradeable
{
    using SafeCast for uint256;

    // --- CONSTANTS AND IMMUTABLES ---

    uint8 private constant DECIMALS_OFFSET = 3;
    /// @dev A milligram at the first price, 1e15 wei x 1,000.
    uint256 private constant MIN_STREAM_SUPPLY = 1e18;
    uint48 private constant MIN_STREAM_DURATION = 1 minutes;
    uint48 private constant MAX_STREAM_DURATION = 365 days;

    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IGoldToken private immutable TOKEN;

    // --- STORAGE ---

    /// @param principal deposits, plus rewards taken in by {_checkpoint}, less withdrawals; wei of EAU
    /// @param pending fees that wait for their stream, wei of EAU
    /// @param streamAmount not taken in yet, of a stream from `streamStart` to `streamEnd`, wei of EAU
    /// @custom:storage-location erc7201:eaurum.storage.StakedGold
    struct StakedGoldStorage {
        uint128 principal;
        uint128 pending;
        uint128 streamAmount;
        uint48 streamStart;
        uint48 streamEnd;
        uint48 streamDuration;
        uint48 nextStreamAt;
    }

    // keccak256(abi.encode(uint256(keccak256("eaurum.storage.StakedGold")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_LOCATION = 0x761c67aafbe5a59f80a1a40402986d333aeb6a3a26a2169dddef349be3d3a700;

    // --- CONSTRUCTION ---

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IGoldToken token) {
        TOKEN = token;
        _disableInitializers();
    }

    /// @param authority_ the AccessManager
    /// @param streamDuration_ seconds
    function initialize(address authority_, uint48 streamDuration_) external initializer {
        __ERC20_init("Staked e-Aurum Gold", "sEAU");
        __ERC20Permit_init("Staked e-Aurum Gold");
        __ERC4626_init(TOKEN);
        __AccessManaged_init(authority_);
        _setStreamDuration(streamDuration_);
    }

    // --- FEES AND THEIR STREAM ---

    /// @inheritdoc IStakedGold
    function giveFees(uint256 amount) external restricted {
        StakedGoldStorage storage $ = _storage();
        uint256 wanted = uint256($.principal) + $.pending + $.streamAmount + amount;
        uint256 balance = TOKEN.balanceOf(address(this));
        if (balance < wanted) revert FeesNotReceived(balance, wanted);
        $.pending += amount.toUint128();
        emit FeesGiven(_msgSender(), amount);
    }

    /// @inheritdoc IStakedGold
    function startStream() external {
        StakedGoldStorage storage $ = _storage();
        if (block.timestamp < $.nextStreamAt) revert StreamTooSoon($.nextStreamAt);
        uint256 fresh = $.pending;
        if (fresh == 0) revert NothingToStream();
        _checkpoint();

        uint256 rest = $.streamAmount;
        uint256 amount = rest + fresh;
        uint48 start = uint48(block.timestamp);
        // Rounded up: a stream runs a second longer rather than faster than its parts did.
        uint256 duration = Math.ceilDiv(rest * ($.streamEnd - $.streamStart) + fresh * $.streamDuration, amount);
        // Fits: the mean of two lengths of at most MAX_STREAM_DURATION.
        uint48 end = start + uint48(duration);

        $.pending = 0;
        $.streamAmount = amount.toUint128();
        $.streamStart = start;
        $.streamEnd = end;
        $.nextStreamAt = start + $.streamDuration / 7;
        emit StreamStarted(amount, start, end);
    }

    /// @inheritdoc IStakedGold
    function setStreamDuration(uint48 newDuration) external restricted {
        _setStreamDuration(newDuration);
    }

    // --- VIEWS ---

    /// @inheritdoc IStakedGold
    function pendingFees() external view returns (uint256) {
        return _storage().pending;
    }

    /// @inheritdoc IStakedGold
    function unstreamed() external view returns (uint256) {
        return _storage().streamAmount - _streamed();
    }

    /// @inheritdoc IStakedGold
    function streamDuration() external view returns (uint48) {
        return _storage().streamDuration;
    }

    /// @inheritdoc IStakedGold
    function stream() external view returns (uint256 amount, uint48 start, uint48 end) {
        StakedGoldStorage storage $ = _storage();
        (amount, start, end) = ($.streamAmount, $.streamStart, $.streamEnd);
        if (_standsStill() && amount != 0)
            (start, end) = (uint48(block.timestamp), uint48(block.timestamp) + end - start);
    }

    /// @inheritdoc IStakedGold
    function nextStreamAt() external view returns (uint48) {
        return _storage().nextStreamAt;
    }

    /// @inheritdoc IStakedGold
    function minStreamSupply() external pure returns (uint256) {
        return MIN_STREAM_SUPPLY;
    }

    // --- ERC-4626 ---

    /// @inheritdoc IERC4626
    function asset() public view override(IERC4626, ERC4626Upgradeable) returns (address) {
        return address(TOKEN);
    }

    /// @inheritdoc IERC4626
    function totalAssets() public view override(IERC4626, ERC4626Upgradeable) returns (uint256) {
        return _storage().principal + _streamed();
    }

    /// @inheritdoc IERC4626
    function maxDeposit(address receiver) public view override(IERC4626, ERC4626Upgradeable) returns (uint256) {
        return _transfersPaused() ? 0 : super.maxDeposit(receiver);
    }

    /// @inheritdoc IERC4626
    function maxMint(address receiver) public view override(IERC4626, ERC4626Upgradeable) returns (uint256) {
        return _transfersPaused() ? 0 : super.maxMint(receiver);
    }

    /// @inheritdoc IERC4626
    /// @dev {maxWithdraw} is what this many shares are worth, rounded down.
    function maxRedeem(address owner) public view override(IERC4626, ERC4626Upgradeable) returns (uint256) {
        return _isFrozen(owner) || _transfersPaused() ? 0 : super.maxRedeem(owner);
    }

    function decimals() public view override(IERC20Metadata, ERC20Upgradeable, ERC4626Upgradeable) returns (uint8) {
        return ERC4626Upgradeable.decimals();
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        // Brings a clock that stood still up to now, before shares that it shall run for are minted.
        if (_standsStill()) _checkpoint();
        _storage().principal += assets.toUint128();
        super._deposit(caller, receiver, assets, shares);
    }

    function _withdraw(
        address caller,
        address receiver,
        address owner,
        uint256 assets,
        uint256 shares
    ) internal override {
        StakedGoldStorage storage $ = _storage();
        // Takes in what was streamed so far where the principal alone can't pay, and before the last shares leave.
        if (assets > $.principal || totalSupply() < shares + MIN_STREAM_SUPPLY) _checkpoint();
        $.principal -= assets.toUint128();
        super._withdraw(caller, receiver, owner, assets, shares);
    }

    /// @dev Shares of a frozen owner stay: neither redeemed nor passed on to somebody who could redeem them.
    function _update(address from, address to, uint256 shares) internal override {
        // A burn was refused by {maxRedeem} already; asking twice would cost every staker.
        if (from != address(0) && to != address(0))
            if (_isFrozen(from)) revert OwnerFrozen(from);
        super._update(from, to, shares);
    }

    function _decimalsOffset() internal pure override returns (uint8) {
        return DECIMALS_OFFSET;
    }

    // --- INTERNALS ---

    /// @dev Moves what was streamed so far into the principal; the rest keeps its rate. While the clock stands still it
    /// moves the rest to begin now instead.
    function _checkpoint() private {
        StakedGoldStorage storage $ = _storage();
        uint48 nowOrEnd = uint48(block.timestamp);
        if (_standsStill()) {
            $.streamEnd = nowOrEnd + $.streamEnd - $.streamStart;
        } else {
            // At most streamAmount, which is a uint128.
            uint128 streamed = uint128(_streamed());
            $.principal += streamed;
            $.streamAmount -= streamed;
            if (nowOrEnd > $.streamEnd) nowOrEnd = $.streamEnd;
        }
        $.streamStart = nowOrEnd;
    }

    /// @dev Rounded down: the last wei belongs to the stakers a moment later.
    function _streamed() private view returns (uint256) {
        StakedGoldStorage storage $ = _storage();
        uint256 amount = $.streamAmount;
        if (amount == 0 || _standsStill()) return 0;
        (uint256 start, uint256 end) = ($.streamStart, $.streamEnd);
        if (block.timestamp >= end) return amount;
        return (amount * (block.timestamp - start)) / (end - start);
    }

    function _standsStill() private view returns (bool) {
        return totalSupply() < MIN_STREAM_SUPPLY;
    }

    function _isFrozen(address owner) private view returns (bool) {
        return IERC7943Fungible(address(TOKEN)).getFrozenTokens(owner) != 0;
    }

    function _transfersPaused() private view returns (bool) {
        return block.timestamp < TOKEN.transfersPausedUntil();
    }

    function _setStreamDuration(uint48 newDuration) private {
        if (newDuration < MIN_STREAM_DURATION || newDuration > MAX_STREAM_DURATION)
            revert InvalidStreamDuration(newDuration);
        StakedGoldStorage storage $ = _storage();
        emit StreamDurationChanged($.streamDuration, newDuration);
        $.streamDuration = newDuration;
    }

    function _authorizeUpgrade(address) internal override restricted {}

    function _storage() private pure returns (StakedGoldStorage storage $) {
        assembly {
            $.slot := STORAGE_LOCATION
        }
    }
}
