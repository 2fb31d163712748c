// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManagedUpgradeable} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts-upgradeable/proxy/utils/UUPSUpgradeable.sol";
import {ERC20Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/ERC20Upgradeable.sol";
import {ERC20PermitUpgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20PermitUpgradeable.sol";
import {EIP712Upgradeable} from "@openzeppelin/contracts-upgradeable/utils/cryptography/EIP712Upgradeable.sol";
import {IERC3009, IERC3009Cancel} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IByteSignatures} from "../interfaces/IByteSignatures.sol";
import {IERC7943Fungible} from "../interfaces/IERC7943.sol";
import {IGoldReserve} from "../interfaces/IGoldReserve.sol";
import {IGoldToken} from "../interfaces/IGoldToken.sol";
import {ByteSignatures} from "./ByteSignatures.sol";

/// @title GoldToken (EAU)
/// @notice Minting: never beyond what the reserve holds, whoever mints. Leaving an account: never what is frozen in it, and not
/// while transfers are paused, but for escrow, which always ends. Arriving is never refused. No fee, no rebasing.
///
/// GUARDIAN pauses and lowers at once; both pauses end by themselves. TREASURER resumes and raises, after its delay. COMPLIANCE
/// freezes, protocol accounts excepted. ARBITER's delayed order moves frozen tokens, and no others.
contract GoldToken is ByteSignatures, AccessManagedUpgradeable, UUPSUpgradeable, IGoldToken, IERC7943Fungible {
    using RateLimiter for RateLimiter.RefillingBucket;

    // --- CONSTANTS AND IMMUTABLES ---

    string private constant NAME = "e-Aurum Gold";
    string private constant SYMBOL = "EAU";
    string private constant VERSION = "1";
    uint256 private constant WEI_PER_MG = 1e15;
    uint48 private constant LONGEST_MINTING_PAUSE = 7 days;
    uint48 private constant LONGEST_TRANSFER_PAUSE = 72 hours;
    uint48 private constant TRANSFER_PAUSE_SPACING = 7 days;
    /// @dev Every minter has a bucket of its own, with a single entry.
    bytes32 private constant BUCKET_KEY = bytes32(0);

    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IGoldReserve private immutable RESERVE;

    // --- STORAGE ---

    /// @dev One slot, so that a transfer reads one for the freeze and the kind of the sender.
    /// @param frozen wei of EAU that may not leave; the greatest value stands for everything, whatever arrives
    struct Account {
        uint248 frozen;
        AccountKind kind;
    }

    /// @custom:storage-location erc7201:eaurum.storage.GoldToken
    struct GoldTokenStorage {
        // One slot: the clocks that a transfer or a mint asks.
        uint48 transfersPausedUntil;
        uint48 transfersPausedAt;
        uint48 mintingPausedUntil;
        uint48 maxAttestationAge;
        mapping(address account => Account) accounts;
        mapping(address minter => RateLimiter.RefillingBucket) mintLimits;
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("eaurum.storage.GoldToken")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_LOCATION = 0xa41ac082d1e0e696e3e9321289f68ed340a916f26fcc51ed9f68a8c7d0c7e400;

    function _storage() private pure returns (GoldTokenStorage storage $) {
        assembly {
            $.slot := STORAGE_LOCATION
        }
    }

    // --- CONSTRUCTOR ---

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IGoldReserve reserve_) {
        RESERVE = reserve_;
        _disableInitializers();
    }

    /// @param authority the AccessManager
    /// @param maxAttestationAge_ seconds an attestation of the reserve is good for
    function initialize(address authority, uint48 maxAttestationAge_) external initializer {
        __AccessManaged_init(authority);
        _setMaxAttestationAge(maxAttestationAge_);
    }

    function _authorizeUpgrade(address) internal override restricted {}

    // --- MINTER, BURNER ---

    /// @inheritdoc IGoldToken
    function mint(address to, uint256 amount) external restricted {
        GoldTokenStorage storage $ = _storage();
        uint48 pausedUntil = $.mintingPausedUntil;
        if (block.timestamp < pausedUntil) revert MintingIsPaused(pausedUntil);

        (uint256 backedMg, uint48 attestedAt) = RESERVE.mintBasis();
        uint48 maxAge = $.maxAttestationAge;
        if (attestedAt == 0 || block.timestamp > uint256(attestedAt) + maxAge) {
            revert AttestationTooOld(attestedAt, maxAge);
        }

        uint256 backed = backedMg * WEI_PER_MG;
        uint256 supply = totalSupply();
        // Compared by subtraction, so that no amount overflows its way past.
        if (supply > backed || amount > backed - supply) revert ReserveExceeded(supply, amount, backed);

        RateLimiter.RefillingBucket storage limit = $.mintLimits[_msgSender()];
        if (!limit.tryConsume(BUCKET_KEY, amount)) {
            revert MintLimitExceeded(_msgSender(), amount, limit.available(BUCKET_KEY));
        }
        _mint(to, amount);
    }

    /// @inheritdoc IGoldToken
    function burn(uint256 amount) external restricted {
        _burn(_msgSender(), amount);
    }

    // --- GUARDIAN ---

    /// @inheritdoc IGoldToken
    function pauseMinting(uint48 duration) external restricted {
        _checkDuration(duration, LONGEST_MINTING_PAUSE);
        GoldTokenStorage storage $ = _storage();
        uint48 until = _now() + duration;
        if (until <= $.mintingPausedUntil) until = $.mintingPausedUntil;
        $.mintingPausedUntil = until;
        emit MintingPaused(_msgSender(), until);
    }

    /// @inheritdoc IGoldToken
    function pauseTransfers(uint48 duration) external restricted {
        _checkDuration(duration, LONGEST_TRANSFER_PAUSE);
        GoldTokenStorage storage $ = _storage();
        uint48 pausedAt = $.transfersPausedAt;
        if (pausedAt != 0 && _now() < pausedAt + TRANSFER_PAUSE_SPACING) {
            revert PauseNotRenewable(pausedAt + TRANSFER_PAUSE_SPACING);
        }
        $.transfersPausedAt = _now();
        $.transfersPausedUntil = _now() + duration;
        emit TransfersPaused(_msgSender(), _now() + duration);
    }

    /// @inheritdoc IGoldToken
    function lowerMintLimit(address minter, uint208 capacity) external restricted {
        (uint208 current, uint48 window, ) = mintLimitOf(minter);
        if (capacity >= current) revert NotLower(current, capacity);
        _setMintLimit(minter, capacity, window);
    }

    /// @inheritdoc IGoldToken
    function lowerMaxAttestationAge(uint48 newAge) external restricted {
        uint48 current = _storage().maxAttestationAge;
        if (newAge >= current) revert NotLower(current, newAge);
        _setMaxAttestationAge(newAge);
    }

    // --- TREASURER ---

    /// @inheritdoc IGoldToken
    function resumeMinting() external restricted {
        _storage().mintingPausedUntil = 0;
        emit MintingResumed(_msgSender());
    }

    /// @inheritdoc IGoldToken
    function resumeTransfers() external restricted {
        _storage().transfersPausedUntil = 0;
        emit TransfersResumed(_msgSender());
    }

    /// @inheritdoc IGoldToken
    function raiseMintLimit(address minter, uint208 capacity, uint48 window) external restricted {
        if (capacity != 0 && window == 0) revert WindowMissing();
        _setMintLimit(minter, capacity, window);
    }

    /// @inheritdoc IGoldToken
    function raiseMaxAttestationAge(uint48 newAge) external restricted {
        uint48 current = _storage().maxAttestationAge;
        if (newAge <= current) revert NotHigher(current, newAge);
        _setMaxAttestationAge(newAge);
    }

    /// @inheritdoc IGoldToken
    function setAccountKind(address account, AccountKind kind) external restricted {
        Account storage entry = _storage().accounts[account];
        entry.kind = kind;
        emit AccountKindChanged(account, kind);
        if (kind != AccountKind.None && entry.frozen != 0) {
            entry.frozen = 0;
            emit Frozen(account, 0);
        }
    }

    // --- COMPLIANCE AND ARBITER (ERC-7943) ---

    /// @inheritdoc IERC7943Fungible
    /// @dev COMPLIANCE. Amounts beyond 2^248 - 1 are kept as that: everything, and whatever arrives.
    function setFrozenTokens(address account, uint256 amount) external restricted returns (bool result) {
        Account storage entry = _storage().accounts[account];
        if (entry.kind != AccountKind.None) revert CannotFreezeProtocol(account);
        uint248 frozen = amount > type(uint248).max ? type(uint248).max : uint248(amount);
        entry.frozen = frozen;
        emit Frozen(account, frozen);
        return true;
    }

    /// @inheritdoc IERC7943Fungible
    /// @dev ARBITER, delayed. Reaches what is frozen and nothing else, so that a holder who is not frozen has nothing to fear.
    function forcedTransfer(address from, address to, uint256 amount) external restricted returns (bool result) {
        if (!canReceive(to)) revert ERC7943CannotReceive(to);
        _checkTransfersRun(from);
        Account storage entry = _storage().accounts[from];
        if (entry.kind != AccountKind.None) revert CannotFreezeProtocol(from);
        uint248 frozen = entry.frozen;
        if (frozen == 0 || amount > frozen) revert NotFrozen(from, amount, frozen);
        // What is frozen as a whole stays so: later arrivals too. The cast is safe, since amount <= frozen.
        if (frozen != type(uint248).max) frozen -= uint248(amount);
        entry.frozen = frozen;
        emit Frozen(from, frozen);
        super._update(from, to, amount);
        emit ForcedTransfer(from, to, amount);
        return true;
    }

    // --- VIEWS ---

    /// @inheritdoc IERC20Metadata
    function name() public pure override(ERC20Upgradeable, IERC20Metadata) returns (string memory) {
        return NAME;
    }

    /// @inheritdoc IERC20Metadata
    function symbol() public pure override(ERC20Upgradeable, IERC20Metadata) returns (string memory) {
        return SYMBOL;
    }

    /// @inheritdoc IERC20Permit
    function nonces(address owner) public view override(ERC20PermitUpgradeable, IERC20Permit) returns (uint256) {
        return super.nonces(owner);
    }

    /// @inheritdoc IGoldToken
    function mintLimitOf(address minter) public view returns (uint208 capacity, uint48 window, uint256 available) {
        RateLimiter.RefillingBucket storage limit = _storage().mintLimits[minter];
        return (limit._capacity, limit._window, limit.available(BUCKET_KEY));
    }

    /// @inheritdoc IGoldToken
    function maxAttestationAge() external view returns (uint48) {
        return _storage().maxAttestationAge;
    }

    /// @inheritdoc IGoldToken
    function mintable() external view returns (uint256) {
        (uint256 backedMg, ) = RESERVE.mintBasis();
        uint256 backed = backedMg * WEI_PER_MG;
        uint256 supply = totalSupply();
        return backed > supply ? backed - supply : 0;
    }

    /// @inheritdoc IGoldToken
    function accountKind(address account) external view returns (AccountKind) {
        return _storage().accounts[account].kind;
    }

    /// @inheritdoc IGoldToken
    function mintingPausedUntil() external view returns (uint48) {
        return _storage().mintingPausedUntil;
    }

    /// @inheritdoc IGoldToken
    function transfersPausedUntil() external view returns (uint48) {
        return _storage().transfersPausedUntil;
    }

    /// @inheritdoc IGoldToken
    function reserve() external view returns (address) {
        return address(RESERVE);
    }

    /// @inheritdoc IERC7943Fungible
    function getFrozenTokens(address account) public view returns (uint256 amount) {
        return _storage().accounts[account].frozen;
    }

    /// @inheritdoc IERC7943Fungible
    /// @dev Transfers are free: whoever is not stopped by a pause may send.
    function canSend(address account) public view returns (bool allowed) {
        if (account == address(0)) return false;
        GoldTokenStorage storage $ = _storage();
        return block.timestamp >= $.transfersPausedUntil || $.accounts[account].kind == AccountKind.Escrow;
    }

    /// @inheritdoc IERC7943Fungible
    function canReceive(address account) public pure returns (bool allowed) {
        return account != address(0);
    }

    /// @inheritdoc IERC7943Fungible
    function canTransfer(address from, address to, uint256 amount) external view returns (bool allowed) {
        return canSend(from) && canReceive(to) && amount <= _unfrozen(balanceOf(from), getFrozenTokens(from));
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(IERC165).interfaceId ||
            interfaceId == type(IERC20).interfaceId ||
            interfaceId == type(IERC20Metadata).interfaceId ||
            interfaceId == type(IERC20Permit).interfaceId ||
            interfaceId == type(IERC3009).interfaceId ||
            interfaceId == type(IERC3009Cancel).interfaceId ||
            interfaceId == type(IERC5267).interfaceId ||
            interfaceId == type(IERC7943Fungible).interfaceId ||
            interfaceId == type(IByteSignatures).interfaceId;
    }

    // --- INTERNAL ---

    /// @dev Mints only arrive; transfers and burns leave an account and must be free to.
    function _update(address from, address to, uint256 value) internal override {
        if (from != address(0)) {
            _checkTransfersRun(from);
            uint256 frozen = getFrozenTokens(from);
            if (frozen != 0) {
                uint256 balance = balanceOf(from);
                uint256 unfrozen = _unfrozen(balance, frozen);
                // More than the balance is the other error, which the base raises.
                if (value > unfrozen && value <= balance) {
                    revert ERC7943InsufficientUnfrozenBalance(from, value, unfrozen);
                }
            }
        }
        super._update(from, to, value);
    }

    /// @dev The kind is read only while there is a pause.
    function _checkTransfersRun(address from) private view {
        GoldTokenStorage storage $ = _storage();
        uint48 until = $.transfersPausedUntil;
        if (block.timestamp < until && $.accounts[from].kind != AccountKind.Escrow) revert TransfersArePaused(until);
    }

    function _unfrozen(uint256 balance, uint256 frozen) private pure returns (uint256) {
        return balance > frozen ? balance - frozen : 0;
    }

    /// @dev What was used is carried over at the old rate first, so that a new rate does not refill the past.
    function _setMintLimit(address minter, uint208 capacity, uint48 window) private {
        RateLimiter.RefillingBucket storage limit = _storage().mintLimits[minter];
        limit.sync(BUCKET_KEY);
        limit.updateSettings(window, capacity);
        emit MintLimitChanged(minter, capacity, window);
    }

    function _setMaxAttestationAge(uint48 newAge) private {
        GoldTokenStorage storage $ = _storage();
        emit MaxAttestationAgeChanged($.maxAttestationAge, newAge);
        $.maxAttestationAge = newAge;
    }

    function _checkDuration(uint48 duration, uint48 longest) private pure {
        if (duration == 0 || duration > longest) revert PauseDurationOutOfRange(duration, longest);
    }

    /// @dev Unix seconds fit 48 bits for the next eight million years.
    function _now() private view returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @dev The domain comes from the code instead of storage: two cold reads less for every signature.
    // solhint-disable-next-line func-name-mixedcase
    function _EIP712Name() internal pure override(EIP712Upgradeable) returns (string memory) {
        return NAME;
    }

    // solhint-disable-next-line func-name-mixedcase
    function _EIP712Version() internal pure override(EIP712Upgradeable) returns (string memory) {
        return VERSION;
    }
}
