// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {StETH} from "./Lido.sol";

/// Lido's queue by its published rules: requests are settled in order, each batch at the share rate of its
/// checkpoint, and a request pays what was asked or its shares at that rate, whichever is less.
contract LidoWithdrawalQueue {
    using EnumerableSet for EnumerableSet.UintSet;

    struct WithdrawalRequestStatus {
        uint256 amountOfStETH;
        uint256 amountOfShares;
        address owner;
        uint256 timestamp;
        bool isFinalized;
        bool isClaimed;
    }

    struct Checkpoint {
        uint256 fromId;
        /// Wei of ETH per share, 1e27.
        uint256 maxShareRate;
    }

    error NotInOrder();
    error NotFinalized(uint256 id);
    error AlreadyClaimed(uint256 id);
    error InvalidHint(uint256 hint);
    error IdsNotSorted();
    error NotEnoughEther();
    error InvalidId(uint256 id);

    StETH public immutable stETH;
    uint256 public getLastFinalizedRequestId;
    uint256 public getLockedEtherAmount;

    WithdrawalRequestStatus[] internal _requests;
    Checkpoint[] internal _checkpoints;
    mapping(address owner => EnumerableSet.UintSet) internal _owned;

    constructor(StETH stETH_) {
        stETH = stETH_;
    }

    // --- what users do ---

    function requestWithdrawals(uint256[] calldata amounts, address owner) external {
        for (uint256 i = 0; i < amounts.length; i++) {
            uint256 before = stETH.sharesOf(address(this));
            stETH.transferFrom(msg.sender, address(this), amounts[i]);
            uint256 shares = stETH.sharesOf(address(this)) - before;
            _requests.push(WithdrawalRequestStatus(amounts[i], shares, owner, block.timestamp, false, false));
            _owned[owner].add(_requests.length);
        }
    }

    function claimWithdrawals(uint256[] calldata ids, uint256[] calldata hints) external {
        for (uint256 i = 0; i < ids.length; i++) {
            WithdrawalRequestStatus storage request = _find(ids[i]);
            if (!_isFinalized(ids[i])) revert NotFinalized(ids[i]);
            if (request.isClaimed) revert AlreadyClaimed(ids[i]);
            uint256 amount = _worthAt(ids[i], hints[i]);
            request.isClaimed = true;
            _owned[request.owner].remove(ids[i]);
            getLockedEtherAmount -= amount;
            (bool sent, ) = request.owner.call{value: amount}("");
            require(sent);
        }
    }

    // --- what the oracle's report does ---

    /// Settles all requests up to `lastId` at this share rate (1e27); the ether sent must pay them.
    function finalize(uint256 lastId, uint256 maxShareRate) external payable {
        uint256 first = getLastFinalizedRequestId + 1;
        if (lastId < first || lastId > _requests.length) revert NotInOrder();
        _checkpoints.push(Checkpoint(first, maxShareRate));
        getLastFinalizedRequestId = lastId;
        uint256 owed = 0;
        for (uint256 id = first; id <= lastId; id++) {
            owed += _worthAt(id, _checkpoints.length);
            stETH.burnShares(address(this), _find(id).amountOfShares);
        }
        if (msg.value < owed) revert NotEnoughEther();
        getLockedEtherAmount += owed;
    }

    // --- views ---

    function getLastRequestId() external view returns (uint256) {
        return _requests.length;
    }

    function getLastCheckpointIndex() public view returns (uint256) {
        return _checkpoints.length;
    }

    function getWithdrawalRequests(address owner) external view returns (uint256[] memory) {
        return _owned[owner].values();
    }

    function getWithdrawalStatus(
        uint256[] calldata ids
    ) external view returns (WithdrawalRequestStatus[] memory statuses) {
        statuses = new WithdrawalRequestStatus[](ids.length);
        for (uint256 i = 0; i < ids.length; i++) {
            statuses[i] = _find(ids[i]);
            statuses[i].isFinalized = _isFinalized(ids[i]);
        }
    }

    /// Zero where no checkpoint of the range is the request's.
    function findCheckpointHints(
        uint256[] calldata ids,
        uint256 firstIndex,
        uint256 lastIndex
    ) external view returns (uint256[] memory hints) {
        if (firstIndex == 0 || lastIndex > _checkpoints.length) revert InvalidHint(lastIndex);
        hints = new uint256[](ids.length);
        for (uint256 i = 0; i < ids.length; i++) {
            if (i > 0 && ids[i] <= ids[i - 1]) revert IdsNotSorted();
            _find(ids[i]);
            if (!_isFinalized(ids[i])) continue;
            for (uint256 hint = lastIndex; hint >= firstIndex && hints[i] == 0; hint--) {
                if (_isHintOf(hint, ids[i])) hints[i] = hint;
            }
        }
    }

    function getClaimableEther(
        uint256[] calldata ids,
        uint256[] calldata hints
    ) external view returns (uint256[] memory values) {
        values = new uint256[](ids.length);
        for (uint256 i = 0; i < ids.length; i++) {
            if (!_isFinalized(ids[i]) || _find(ids[i]).isClaimed) continue;
            values[i] = _worthAt(ids[i], hints[i]);
        }
    }

    function _find(uint256 id) internal view returns (WithdrawalRequestStatus storage) {
        if (id == 0 || id > _requests.length) revert InvalidId(id);
        return _requests[id - 1];
    }

    function _isFinalized(uint256 id) internal view returns (bool) {
        return id <= getLastFinalizedRequestId;
    }

    function _isHintOf(uint256 hint, uint256 id) internal view returns (bool) {
        if (hint == 0 || hint > _checkpoints.length || id < _checkpoints[hint - 1].fromId) return false;
        return hint == _checkpoints.length || id < _checkpoints[hint].fromId;
    }

    function _worthAt(uint256 id, uint256 hint) internal view returns (uint256) {
        if (!_isHintOf(hint, id)) revert InvalidHint(hint);
        WithdrawalRequestStatus storage request = _find(id);
        uint256 atRate = (request.amountOfShares * _checkpoints[hint - 1].maxShareRate) / 1e27;
        return atRate < request.amountOfStETH ? atRate : request.amountOfStETH;
    }
}
