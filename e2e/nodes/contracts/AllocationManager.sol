// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {DoubleEndedQueue} from "@openzeppelin/contracts/utils/structs/DoubleEndedQueue.sol";
import {AllocationViews} from "./AllocationViews.sol";
import {Allocation, BURN_ADDRESS, IDelegationManager, OperatorSet} from "./EigenTypes.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {SlashingMath} from "./SlashingMath.sol";

/// Operator sets, allocations of slashable magnitude and slashing (EigenLayer), without registrars
/// and appointees: an operator acts for itself, and a service is its own slasher.
contract AllocationManager is AllocationViews {
    using Checkpoints for Checkpoints.Trace224;
    using DoubleEndedQueue for DoubleEndedQueue.Bytes32Deque;
    using EnumerableSet for EnumerableSet.AddressSet;
    using EnumerableSet for EnumerableSet.Bytes32Set;

    event AVSMetadataURIUpdated(address indexed avs, string metadataURI);
    event OperatorSetCreated(OperatorSet operatorSet);
    event StrategyAddedToOperatorSet(OperatorSet operatorSet, address strategy);
    event OperatorAddedToOperatorSet(address indexed operator, OperatorSet operatorSet);
    event OperatorRemovedFromOperatorSet(address indexed operator, OperatorSet operatorSet);
    event AllocationDelaySet(address operator, uint32 delay, uint32 effectBlock);
    event AllocationUpdated(
        address operator, OperatorSet operatorSet, address strategy, uint64 magnitude, uint32 effectBlock
    );
    event EncumberedMagnitudeUpdated(address operator, address strategy, uint64 encumberedMagnitude);
    event MaxMagnitudeUpdated(address operator, address strategy, uint64 maxMagnitude);
    event OperatorSlashed(
        address operator, OperatorSet operatorSet, address[] strategies, uint256[] wadSlashed, string description
    );

    error CallerNotAllowed();
    error InvalidOperator();
    error InvalidOperatorSet();
    error AlreadyMemberOfSet();
    error NotMemberOfSet();
    error OperatorNotSlashable();
    error StrategyNotInOperatorSet();
    error StrategiesMustBeInAscendingOrder();
    error InputArrayLengthMismatch();
    error InvalidWadToSlash();
    error UninitializedAllocationDelay();
    error ModificationAlreadyPending();
    error SameMagnitude();
    error InsufficientMagnitude();

    struct CreateSetParams {
        uint32 operatorSetId;
        address[] strategies;
    }

    struct RegisterParams {
        address avs;
        uint32[] operatorSetIds;
        bytes data;
    }

    struct DeregisterParams {
        address operator;
        address avs;
        uint32[] operatorSetIds;
    }

    struct AllocateParams {
        OperatorSet operatorSet;
        address[] strategies;
        uint64[] newMagnitudes;
    }

    struct SlashingParams {
        address operator;
        uint32 operatorSetId;
        address[] strategies;
        uint256[] wadsToSlash;
        string description;
    }

    constructor(IDelegationManager delegation_, uint32 deallocationDelay, uint32 allocationConfigurationDelay)
        AllocationViews(delegation_, deallocationDelay, allocationConfigurationDelay)
    {}

    // ---- services

    function updateAVSMetadataURI(address avs, string calldata metadataURI) external {
        require(msg.sender == avs, CallerNotAllowed());
        emit AVSMetadataURIUpdated(avs, metadataURI);
    }

    function createOperatorSets(address avs, CreateSetParams[] calldata params) external {
        for (uint256 i = 0; i < params.length; i++) {
            _createOperatorSet(avs, params[i], address(0));
        }
    }

    /// Slashed tokens of these sets go to the recipients instead of being burnt.
    function createRedistributingOperatorSets(
        address avs,
        CreateSetParams[] calldata params,
        address[] calldata recipients
    ) external {
        require(params.length == recipients.length, InputArrayLengthMismatch());
        for (uint256 i = 0; i < params.length; i++) {
            _createOperatorSet(avs, params[i], recipients[i]);
        }
    }

    function _createOperatorSet(address avs, CreateSetParams calldata params, address recipient) internal {
        require(msg.sender == avs, CallerNotAllowed());
        OperatorSet memory set = OperatorSet(avs, params.operatorSetId);
        bytes32 key = keyOf(set);
        require(!_exists[key], InvalidOperatorSet());
        _exists[key] = true;
        _redistributionRecipient[key] = recipient;
        emit OperatorSetCreated(set);
        for (uint256 i = 0; i < params.strategies.length; i++) {
            _setStrategies[key].add(params.strategies[i]);
            emit StrategyAddedToOperatorSet(set, params.strategies[i]);
        }
    }

    // ---- membership

    function registerForOperatorSets(address operator, RegisterParams calldata params) external {
        require(msg.sender == operator, CallerNotAllowed());
        require(delegation.isOperator(operator), InvalidOperator());
        for (uint256 i = 0; i < params.operatorSetIds.length; i++) {
            OperatorSet memory set = OperatorSet(params.avs, params.operatorSetIds[i]);
            bytes32 key = keyOf(set);
            require(_exists[key], InvalidOperatorSet());
            require(_registeredSets[operator].add(key), AlreadyMemberOfSet());
            _setMembers[key].add(operator);
            emit OperatorAddedToOperatorSet(operator, set);
        }
    }

    /// The operator stays slashable for the deallocation delay.
    function deregisterFromOperatorSets(DeregisterParams calldata params) external {
        require(msg.sender == params.operator || msg.sender == params.avs, CallerNotAllowed());
        for (uint256 i = 0; i < params.operatorSetIds.length; i++) {
            OperatorSet memory set = OperatorSet(params.avs, params.operatorSetIds[i]);
            bytes32 key = keyOf(set);
            require(_registeredSets[params.operator].remove(key), NotMemberOfSet());
            _setMembers[key].remove(params.operator);
            _slashableUntil[params.operator][key] = uint32(block.number) + DEALLOCATION_DELAY;
            emit OperatorRemovedFromOperatorSet(params.operator, set);
        }
    }

    // ---- allocations

    /// A delay set at registration holds at once; later changes wait for the configuration delay.
    function setAllocationDelay(address operator, uint32 delay) external {
        bool isFirst = msg.sender == address(delegation);
        require(isFirst || (msg.sender == operator && delegation.isOperator(operator)), CallerNotAllowed());
        DelayInfo storage info = _delays[operator];
        (info.isSet, info.delay) = getAllocationDelay(operator);
        info.pendingDelay = delay;
        info.effectBlock = uint32(block.number) + (isFirst ? 0 : ALLOCATION_CONFIGURATION_DELAY + 1);
        emit AllocationDelaySet(operator, delay, info.effectBlock);
    }

    function modifyAllocations(address operator, AllocateParams[] calldata params) external {
        require(msg.sender == operator, CallerNotAllowed());
        (bool isSet, uint32 delay) = getAllocationDelay(operator);
        require(isSet, UninitializedAllocationDelay());
        for (uint256 i = 0; i < params.length; i++) {
            require(params[i].strategies.length == params[i].newMagnitudes.length, InputArrayLengthMismatch());
            require(_exists[keyOf(params[i].operatorSet)], InvalidOperatorSet());
            for (uint256 j = 0; j < params[i].strategies.length; j++) {
                address strategy = params[i].strategies[j];
                _clearDeallocations(operator, strategy);
                _modify(operator, params[i].operatorSet, strategy, params[i].newMagnitudes[j], delay);
            }
        }
    }

    function clearDeallocationQueue(address operator, address[] calldata strategies, uint16[] calldata) external {
        for (uint256 i = 0; i < strategies.length; i++) {
            _clearDeallocations(operator, strategies[i]);
        }
    }

    function _modify(address operator, OperatorSet memory set, address strategy, uint64 magnitude, uint32 delay)
        internal
    {
        bytes32 key = keyOf(set);
        SlashingMath.Magnitudes memory m = _updated(operator, key, strategy);
        require(m.pendingDiff == 0, ModificationAlreadyPending());
        require(magnitude != m.current, SameMagnitude());
        uint32 effectBlock = 0;
        if (magnitude < m.current) {
            if (_isAllocationSlashable(operator, set, strategy)) {
                m.pendingDiff = -int128(uint128(m.current - magnitude));
                effectBlock = uint32(block.number) + DEALLOCATION_DELAY + 1;
                _deallocations[operator][strategy].pushBack(key);
            } else {
                m.encumbered -= m.current - magnitude;
                m.current = magnitude;
            }
        } else {
            m.pendingDiff = int128(uint128(magnitude - m.current));
            m.encumbered += magnitude - m.current;
            require(m.encumbered <= m.max, InsufficientMagnitude());
            effectBlock = uint32(block.number) + delay;
        }
        _store(operator, key, strategy, m, effectBlock);
        emit EncumberedMagnitudeUpdated(operator, strategy, m.encumbered);
        emit AllocationUpdated(operator, set, strategy, magnitude, effectBlock);
    }

    /// Books deallocations whose delay is over. The queue is in order of effect.
    function _clearDeallocations(address operator, address strategy) internal {
        DoubleEndedQueue.Bytes32Deque storage queue = _deallocations[operator][strategy];
        while (!queue.empty()) {
            bytes32 key = queue.front();
            if (block.number < _allocations[operator][key][strategy].effectBlock) break;
            _store(operator, key, strategy, _updated(operator, key, strategy), 0);
            queue.popFront();
        }
    }

    function _store(
        address operator,
        bytes32 key,
        address strategy,
        SlashingMath.Magnitudes memory m,
        uint32 effectBlock
    ) internal {
        _encumbered[operator][strategy] = m.encumbered;
        _allocations[operator][key][strategy] = Allocation(m.current, m.pendingDiff, effectBlock);
        EnumerableSet.AddressSet storage strategies = _allocatedStrategies[operator][key];
        if (m.current == 0 && m.pendingDiff == 0) {
            strategies.remove(strategy);
            if (strategies.length() == 0) _allocatedSets[operator].remove(key);
        } else {
            strategies.add(strategy);
            _allocatedSets[operator].add(key);
        }
    }

    // ---- slashing

    function slashOperator(address avs, SlashingParams calldata params)
        external
        returns (uint256 slashId, uint256[] memory sharesSlashed)
    {
        require(msg.sender == avs, CallerNotAllowed());
        require(params.strategies.length == params.wadsToSlash.length, InputArrayLengthMismatch());
        OperatorSet memory set = OperatorSet(avs, params.operatorSetId);
        require(_exists[keyOf(set)], InvalidOperatorSet());
        require(isOperatorSlashable(params.operator, set), OperatorNotSlashable());

        slashId = ++_slashes[keyOf(set)];
        sharesSlashed = new uint256[](params.strategies.length);
        uint256[] memory wadSlashed = new uint256[](params.strategies.length);
        for (uint256 i = 0; i < params.strategies.length; i++) {
            address strategy = params.strategies[i];
            require(i == 0 || strategy > params.strategies[i - 1], StrategiesMustBeInAscendingOrder());
            require(0 < params.wadsToSlash[i] && params.wadsToSlash[i] <= SlashingMath.WAD, InvalidWadToSlash());
            require(_setStrategies[keyOf(set)].contains(strategy), StrategyNotInOperatorSet());
            (wadSlashed[i], sharesSlashed[i]) = _slash(params.operator, set, strategy, params.wadsToSlash[i]);
        }
        emit OperatorSlashed(params.operator, set, params.strategies, wadSlashed, params.description);
    }

    function _slash(address operator, OperatorSet memory set, address strategy, uint256 wad)
        internal
        returns (uint256 wadSlashed, uint256 shares)
    {
        bytes32 key = keyOf(set);
        SlashingMath.Magnitudes memory m = _updated(operator, key, strategy);
        if (m.current == 0) return (0, 0);
        uint64 previousMax = m.max;
        (, wadSlashed) = SlashingMath.slash(m, wad);
        uint32 effectBlock = m.pendingDiff == 0 ? 0 : _allocations[operator][key][strategy].effectBlock;
        _store(operator, key, strategy, m, effectBlock);
        _maxHistory[operator][strategy].push(uint32(block.number), m.max);
        emit AllocationUpdated(operator, set, strategy, m.current, uint32(block.number));
        emit MaxMagnitudeUpdated(operator, strategy, m.max);
        address recipient = _redistributionRecipient[key];
        if (recipient == address(0)) recipient = BURN_ADDRESS;
        shares = delegation.slashOperatorShares(operator, strategy, previousMax, m.max, recipient);
    }
}
