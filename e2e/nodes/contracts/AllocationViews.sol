// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {DoubleEndedQueue} from "@openzeppelin/contracts/utils/structs/DoubleEndedQueue.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {Allocation, BURN_ADDRESS, IDelegationManager, OperatorSet} from "./EigenTypes.sol";
import {SlashingMath} from "./SlashingMath.sol";

/// Storage and views of the AllocationManager. A pending change whose block has come is shown as
/// done by every view, although nobody has written it down yet.
abstract contract AllocationViews {
    using Checkpoints for Checkpoints.Trace224;
    using DoubleEndedQueue for DoubleEndedQueue.Bytes32Deque;
    using EnumerableSet for EnumerableSet.AddressSet;
    using EnumerableSet for EnumerableSet.Bytes32Set;

    struct DelayInfo {
        bool isSet;
        uint32 delay;
        uint32 pendingDelay;
        uint32 effectBlock;
    }

    IDelegationManager public immutable delegation;
    uint32 public immutable DEALLOCATION_DELAY;
    uint32 public immutable ALLOCATION_CONFIGURATION_DELAY;

    mapping(bytes32 key => bool) internal _exists;
    mapping(bytes32 key => uint256) internal _slashes;
    mapping(bytes32 key => address) internal _redistributionRecipient;
    mapping(bytes32 key => EnumerableSet.AddressSet) internal _setStrategies;
    mapping(bytes32 key => EnumerableSet.AddressSet) internal _setMembers;
    mapping(address operator => EnumerableSet.Bytes32Set) internal _registeredSets;
    mapping(address operator => EnumerableSet.Bytes32Set) internal _allocatedSets;
    mapping(address operator => DelayInfo) internal _delays;
    mapping(address operator => mapping(bytes32 key => uint32)) internal _slashableUntil;
    mapping(address operator => mapping(bytes32 key => EnumerableSet.AddressSet)) internal _allocatedStrategies;
    mapping(address operator => mapping(bytes32 key => mapping(address strategy => Allocation))) internal
        _allocations;
    mapping(address operator => mapping(address strategy => uint64)) internal _encumbered;
    mapping(address operator => mapping(address strategy => Checkpoints.Trace224)) internal _maxHistory;
    mapping(address operator => mapping(address strategy => DoubleEndedQueue.Bytes32Deque)) internal
        _deallocations;

    constructor(IDelegationManager delegation_, uint32 deallocationDelay, uint32 allocationConfigurationDelay) {
        delegation = delegation_;
        DEALLOCATION_DELAY = deallocationDelay;
        ALLOCATION_CONFIGURATION_DELAY = allocationConfigurationDelay;
    }

    function keyOf(OperatorSet memory set) internal pure returns (bytes32) {
        return bytes32(abi.encodePacked(set.avs, uint96(set.id)));
    }

    function setOf(bytes32 key) internal pure returns (OperatorSet memory) {
        return OperatorSet(address(bytes20(key)), uint32(uint256(key)));
    }

    // ---- magnitudes

    function getMaxMagnitude(address operator, address strategy) public view returns (uint64) {
        Checkpoints.Trace224 storage history = _maxHistory[operator][strategy];
        return history.length() == 0 ? uint64(SlashingMath.WAD) : uint64(history.latest());
    }

    function getMaxMagnitudeAtBlock(address operator, address strategy, uint32 blockNumber)
        public
        view
        returns (uint64)
    {
        Checkpoints.Trace224 storage history = _maxHistory[operator][strategy];
        // Before the first slash there is no entry, and "no entry" must not read as zero.
        if (history.length() == 0 || blockNumber < history.at(0)._key) return uint64(SlashingMath.WAD);
        return uint64(history.upperLookup(blockNumber));
    }

    function getMaxMagnitudes(address operator, address[] calldata strategies)
        external
        view
        returns (uint64[] memory magnitudes)
    {
        magnitudes = new uint64[](strategies.length);
        for (uint256 i = 0; i < strategies.length; i++) {
            magnitudes[i] = getMaxMagnitude(operator, strategies[i]);
        }
    }

    function getMaxMagnitudes(address[] calldata operators, address strategy)
        external
        view
        returns (uint64[] memory magnitudes)
    {
        magnitudes = new uint64[](operators.length);
        for (uint256 i = 0; i < operators.length; i++) {
            magnitudes[i] = getMaxMagnitude(operators[i], strategy);
        }
    }

    /// Without deallocations that have come due.
    function getEncumberedMagnitude(address operator, address strategy) public view returns (uint64 encumbered) {
        encumbered = _encumbered[operator][strategy];
        DoubleEndedQueue.Bytes32Deque storage queue = _deallocations[operator][strategy];
        for (uint256 i = 0; i < queue.length(); i++) {
            Allocation memory allocation = _allocations[operator][queue.at(i)][strategy];
            if (block.number < allocation.effectBlock) break;
            if (allocation.pendingDiff < 0) encumbered -= uint64(uint128(-allocation.pendingDiff));
        }
    }

    function getAllocatableMagnitude(address operator, address strategy) external view returns (uint64) {
        return getMaxMagnitude(operator, strategy) - getEncumberedMagnitude(operator, strategy);
    }

    function getAllocationDelay(address operator) public view returns (bool isSet, uint32 delay) {
        DelayInfo memory info = _delays[operator];
        if (info.effectBlock != 0 && block.number >= info.effectBlock) return (true, info.pendingDelay);
        return (info.isSet, info.delay);
    }

    // ---- allocations

    function getAllocation(address operator, OperatorSet memory operatorSet, address strategy)
        public
        view
        returns (Allocation memory)
    {
        bytes32 key = keyOf(operatorSet);
        SlashingMath.Magnitudes memory m = _updated(operator, key, strategy);
        uint32 effectBlock = m.pendingDiff == 0 ? 0 : _allocations[operator][key][strategy].effectBlock;
        return Allocation(m.current, m.pendingDiff, effectBlock);
    }

    function getStrategyAllocations(address operator, address strategy)
        external
        view
        returns (OperatorSet[] memory sets, Allocation[] memory allocations)
    {
        sets = getAllocatedSets(operator);
        allocations = new Allocation[](sets.length);
        for (uint256 i = 0; i < sets.length; i++) {
            allocations[i] = getAllocation(operator, sets[i], strategy);
        }
    }

    function getAllocatedStrategies(address operator, OperatorSet memory operatorSet)
        external
        view
        returns (address[] memory)
    {
        return _allocatedStrategies[operator][keyOf(operatorSet)].values();
    }

    function getAllocatedSets(address operator) public view returns (OperatorSet[] memory) {
        return _setsOf(_allocatedSets[operator]);
    }

    function getRegisteredSets(address operator) external view returns (OperatorSet[] memory) {
        return _setsOf(_registeredSets[operator]);
    }

    // ---- stake

    /// The part of delegated shares that each allocation puts at risk now.
    function getAllocatedStake(
        OperatorSet memory operatorSet,
        address[] memory operators,
        address[] memory strategies
    ) external view returns (uint256[][] memory) {
        return _stake(operatorSet, operators, strategies, 0);
    }

    /// As above, less deallocations that take effect up to `futureBlock`.
    function getMinimumSlashableStake(
        OperatorSet memory operatorSet,
        address[] memory operators,
        address[] memory strategies,
        uint32 futureBlock
    ) external view returns (uint256[][] memory) {
        return _stake(operatorSet, operators, strategies, futureBlock);
    }

    function _stake(
        OperatorSet memory set,
        address[] memory operators,
        address[] memory strategies,
        uint32 futureBlock
    ) internal view returns (uint256[][] memory stake) {
        stake = delegation.getOperatorsShares(operators, strategies);
        for (uint256 i = 0; i < operators.length; i++) {
            for (uint256 j = 0; j < strategies.length; j++) {
                uint64 max = getMaxMagnitude(operators[i], strategies[j]);
                Allocation memory allocation = getAllocation(operators[i], set, strategies[j]);
                uint256 magnitude = allocation.currentMagnitude;
                if (allocation.pendingDiff < 0 && allocation.effectBlock <= futureBlock) {
                    magnitude -= uint128(-allocation.pendingDiff);
                }
                stake[i][j] =
                    max == 0 ? 0 : SlashingMath.mulWad(stake[i][j], SlashingMath.divWad(magnitude, max));
            }
        }
    }

    // ---- operator sets

    function isOperatorSet(OperatorSet memory operatorSet) external view returns (bool) {
        return _exists[keyOf(operatorSet)];
    }

    function isMemberOfOperatorSet(address operator, OperatorSet memory operatorSet)
        external
        view
        returns (bool)
    {
        return _setMembers[keyOf(operatorSet)].contains(operator);
    }

    function isOperatorSlashable(address operator, OperatorSet memory operatorSet) public view returns (bool) {
        bytes32 key = keyOf(operatorSet);
        return _setMembers[key].contains(operator) || block.number <= _slashableUntil[operator][key];
    }

    function isRedistributingOperatorSet(OperatorSet memory operatorSet) external view returns (bool) {
        return _redistributionRecipient[keyOf(operatorSet)] != address(0);
    }

    function getRedistributionRecipient(OperatorSet memory operatorSet) external view returns (address) {
        address recipient = _redistributionRecipient[keyOf(operatorSet)];
        return recipient == address(0) ? BURN_ADDRESS : recipient;
    }

    function getStrategiesInOperatorSet(OperatorSet memory operatorSet) external view returns (address[] memory) {
        return _setStrategies[keyOf(operatorSet)].values();
    }

    function getMembers(OperatorSet memory operatorSet) external view returns (address[] memory) {
        return _setMembers[keyOf(operatorSet)].values();
    }

    // ---- shared

    function _isAllocationSlashable(address operator, OperatorSet memory set, address strategy)
        internal
        view
        returns (bool)
    {
        bytes32 key = keyOf(set);
        return _setStrategies[key].contains(strategy) && isOperatorSlashable(operator, set)
            && _updated(operator, key, strategy).current != 0;
    }

    /// The allocation as it stands at this block, due changes applied.
    function _updated(address operator, bytes32 key, address strategy)
        internal
        view
        returns (SlashingMath.Magnitudes memory m)
    {
        Allocation memory stored = _allocations[operator][key][strategy];
        m = SlashingMath.Magnitudes(
            stored.currentMagnitude,
            getMaxMagnitude(operator, strategy),
            _encumbered[operator][strategy],
            stored.pendingDiff
        );
        if (block.number < stored.effectBlock || m.pendingDiff == 0) return m;
        m.current = uint64(uint128(int128(uint128(m.current)) + m.pendingDiff));
        if (m.pendingDiff < 0) m.encumbered -= uint64(uint128(-m.pendingDiff));
        m.pendingDiff = 0;
    }

    function _setsOf(EnumerableSet.Bytes32Set storage keys) internal view returns (OperatorSet[] memory sets) {
        sets = new OperatorSet[](keys.length());
        for (uint256 i = 0; i < sets.length; i++) {
            sets[i] = setOf(keys.at(i));
        }
    }
}
