// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {
    BEACON_CHAIN_ETH,
    IAllocationManager,
    IEigenPodManager,
    IShareManager,
    IStrategyManager,
    Withdrawal
} from "./EigenTypes.sol";
import {SlashingMath} from "./SlashingMath.sol";

/// Storage, slashing factors and views of the DelegationManager.
abstract contract DelegationViews {
    using Checkpoints for Checkpoints.Trace224;
    using EnumerableSet for EnumerableSet.Bytes32Set;

    IStrategyManager public immutable strategyManager;
    IEigenPodManager public immutable eigenPodManager;
    IAllocationManager public immutable allocationManager;
    uint32 public immutable minWithdrawalDelayBlocks;

    mapping(address staker => address) public delegatedTo;
    mapping(address operator => mapping(address strategy => uint256)) public operatorShares;
    mapping(address staker => uint256) public cumulativeWithdrawalsQueued;
    mapping(address staker => mapping(address strategy => uint256)) internal _scalingFactor;
    mapping(address staker => EnumerableSet.Bytes32Set) internal _queuedRoots;
    mapping(bytes32 root => Withdrawal) internal _queued;
    mapping(address operator => mapping(address strategy => Checkpoints.Trace224)) internal _queuedScaledShares;

    constructor(
        IStrategyManager strategyManager_,
        IEigenPodManager eigenPodManager_,
        IAllocationManager allocationManager_,
        uint32 withdrawalDelayBlocks
    ) {
        strategyManager = strategyManager_;
        eigenPodManager = eigenPodManager_;
        allocationManager = allocationManager_;
        minWithdrawalDelayBlocks = withdrawalDelayBlocks;
    }

    // ---- factors

    function _managerOf(address strategy) internal view returns (IShareManager) {
        return strategy == BEACON_CHAIN_ETH ? IShareManager(eigenPodManager) : IShareManager(strategyManager);
    }

    function _slashingFactor(address staker, address operator, address strategy) internal view returns (uint256) {
        return _withBeacon(staker, strategy, allocationManager.getMaxMagnitude(operator, strategy));
    }

    /// The operator's part as it was at `blockNumber`; the beacon chain's part as it is now.
    function _slashingFactorAt(address staker, address operator, address strategy, uint32 blockNumber)
        internal
        view
        returns (uint256)
    {
        uint64 max = allocationManager.getMaxMagnitudeAtBlock(operator, strategy, blockNumber);
        return _withBeacon(staker, strategy, max);
    }

    function _withBeacon(address staker, address strategy, uint64 max) internal view returns (uint256) {
        if (strategy != BEACON_CHAIN_ETH) return max;
        return SlashingMath.mulWad(max, eigenPodManager.beaconChainSlashingFactor(staker));
    }

    /// Scaled shares queued recently enough that a slash today still reaches them.
    function _slashableScaledShares(address operator, address strategy) internal view returns (uint256) {
        Checkpoints.Trace224 storage history = _queuedScaledShares[operator][strategy];
        uint256 delay = uint256(minWithdrawalDelayBlocks) + 1;
        uint256 safe = block.number < delay ? 0 : history.upperLookup(uint32(block.number - delay));
        return history.latest() - safe;
    }

    // ---- views

    function beaconChainETHStrategy() external pure returns (address) {
        return BEACON_CHAIN_ETH;
    }

    function isOperator(address account) public view returns (bool) {
        return account != address(0) && delegatedTo[account] == account;
    }

    function isDelegated(address staker) external view returns (bool) {
        return delegatedTo[staker] != address(0);
    }

    function depositScalingFactor(address staker, address strategy) external view returns (uint256) {
        return SlashingMath.factorOrOne(_scalingFactor[staker][strategy]);
    }

    function getDepositedShares(address staker)
        public
        view
        returns (address[] memory strategies, uint256[] memory shares)
    {
        (strategies, shares) = strategyManager.getDeposits(staker);
        uint256 native = eigenPodManager.stakerDepositShares(staker, BEACON_CHAIN_ETH);
        if (native == 0) return (strategies, shares);
        (address[] memory tokens, uint256[] memory amounts) = (strategies, shares);
        strategies = new address[](tokens.length + 1);
        shares = new uint256[](tokens.length + 1);
        for (uint256 i = 0; i < tokens.length; i++) {
            (strategies[i], shares[i]) = (tokens[i], amounts[i]);
        }
        (strategies[tokens.length], shares[tokens.length]) = (BEACON_CHAIN_ETH, native);
    }

    function getWithdrawableShares(address staker, address[] calldata strategies)
        external
        view
        returns (uint256[] memory withdrawableShares, uint256[] memory depositShares)
    {
        withdrawableShares = new uint256[](strategies.length);
        depositShares = new uint256[](strategies.length);
        for (uint256 i = 0; i < strategies.length; i++) {
            depositShares[i] = _managerOf(strategies[i]).stakerDepositShares(staker, strategies[i]);
            withdrawableShares[i] = SlashingMath.withdrawable(
                depositShares[i],
                _scalingFactor[staker][strategies[i]],
                _slashingFactor(staker, delegatedTo[staker], strategies[i])
            );
        }
    }

    function getOperatorShares(address operator, address[] memory strategies)
        public
        view
        returns (uint256[] memory shares)
    {
        shares = new uint256[](strategies.length);
        for (uint256 i = 0; i < strategies.length; i++) {
            shares[i] = operatorShares[operator][strategies[i]];
        }
    }

    function getOperatorsShares(address[] memory operators, address[] memory strategies)
        external
        view
        returns (uint256[][] memory shares)
    {
        shares = new uint256[][](operators.length);
        for (uint256 i = 0; i < operators.length; i++) {
            shares[i] = getOperatorShares(operators[i], strategies);
        }
    }

    function getSlashableSharesInQueue(address operator, address strategy) external view returns (uint256) {
        uint64 max = allocationManager.getMaxMagnitude(operator, strategy);
        return SlashingMath.mulWad(_slashableScaledShares(operator, strategy), max);
    }

    function getQueuedWithdrawalRoots(address staker) external view returns (bytes32[] memory) {
        return _queuedRoots[staker].values();
    }

    /// `shares[i][j]`: what withdrawal i would pay for its strategy j, slashing until now included.
    function getQueuedWithdrawals(address staker)
        external
        view
        returns (Withdrawal[] memory withdrawals, uint256[][] memory shares)
    {
        bytes32[] memory roots = _queuedRoots[staker].values();
        withdrawals = new Withdrawal[](roots.length);
        shares = new uint256[][](roots.length);
        for (uint256 i = 0; i < roots.length; i++) {
            Withdrawal memory w = _queued[roots[i]];
            withdrawals[i] = w;
            shares[i] = new uint256[](w.strategies.length);
            uint32 slashableUntil = w.startBlock + minWithdrawalDelayBlocks;
            for (uint256 j = 0; j < w.strategies.length; j++) {
                uint256 factor = slashableUntil < block.number
                    ? _slashingFactorAt(staker, w.delegatedTo, w.strategies[j], slashableUntil)
                    : _slashingFactor(staker, w.delegatedTo, w.strategies[j]);
                shares[i][j] = SlashingMath.mulWad(w.scaledShares[j], factor);
            }
        }
    }

    function calculateWithdrawalRoot(Withdrawal memory withdrawal) public pure returns (bytes32) {
        return keccak256(abi.encode(withdrawal));
    }
}
