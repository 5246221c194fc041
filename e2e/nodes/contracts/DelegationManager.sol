// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {DelegationViews} from "./DelegationViews.sol";
import {
    BEACON_CHAIN_ETH,
    IAllocationManager,
    IEigenPodManager,
    IShareManager,
    IStrategyManager,
    Withdrawal
} from "./EigenTypes.sol";
import {SlashingMath} from "./SlashingMath.sol";

/// Delegation, share accounting and the withdrawal queue of EigenLayer (after the slashing release),
/// without signatures, pausing and ownership. Views and arithmetic are the real ones.
contract DelegationManager is DelegationViews {
    using Checkpoints for Checkpoints.Trace224;
    using EnumerableSet for EnumerableSet.Bytes32Set;

    event OperatorRegistered(address indexed operator, address delegationApprover);
    event OperatorMetadataURIUpdated(address indexed operator, string metadataURI);
    event StakerDelegated(address indexed staker, address indexed operator);
    event StakerUndelegated(address indexed staker, address indexed operator);
    event StakerForceUndelegated(address indexed staker, address indexed operator);
    event OperatorSharesIncreased(address indexed operator, address staker, address strategy, uint256 shares);
    event OperatorSharesDecreased(address indexed operator, address staker, address strategy, uint256 shares);
    event OperatorSharesSlashed(address indexed operator, address strategy, uint256 totalSlashedShares);
    event DepositScalingFactorUpdated(address staker, address strategy, uint256 newDepositScalingFactor);
    event SlashingWithdrawalQueued(bytes32 withdrawalRoot, Withdrawal withdrawal, uint256[] sharesToWithdraw);
    event SlashingWithdrawalCompleted(bytes32 withdrawalRoot);

    error ActivelyDelegated();
    error NotActivelyDelegated();
    error OperatorNotRegistered();
    error OperatorsCannotUndelegate();
    error CallerNotAllowed();
    error FullySlashed();
    error InputArrayLengthMismatch();
    error WithdrawalNotQueued();
    error WithdrawalDelayNotElapsed();
    error WithdrawerNotCaller();

    struct SignatureWithExpiry {
        bytes signature;
        uint256 expiry;
    }

    struct QueuedWithdrawalParams {
        address[] strategies;
        uint256[] depositShares;
        address withdrawer;
    }

    constructor(
        IStrategyManager strategyManager_,
        IEigenPodManager eigenPodManager_,
        IAllocationManager allocationManager_,
        uint32 withdrawalDelayBlocks
    ) DelegationViews(strategyManager_, eigenPodManager_, allocationManager_, withdrawalDelayBlocks) {}

    // ---- operators and delegation

    function registerAsOperator(address approver, uint32 allocationDelay, string calldata metadataURI) external {
        require(delegatedTo[msg.sender] == address(0), ActivelyDelegated());
        allocationManager.setAllocationDelay(msg.sender, allocationDelay);
        emit OperatorRegistered(msg.sender, approver);
        emit OperatorMetadataURIUpdated(msg.sender, metadataURI);
        _delegate(msg.sender, msg.sender);
    }

    function updateOperatorMetadataURI(address operator, string calldata metadataURI) external {
        require(msg.sender == operator, CallerNotAllowed());
        require(isOperator(operator), OperatorNotRegistered());
        emit OperatorMetadataURIUpdated(operator, metadataURI);
    }

    /// The approver's signature is not looked at.
    function delegateTo(address operator, SignatureWithExpiry calldata, bytes32) external {
        require(delegatedTo[msg.sender] == address(0), ActivelyDelegated());
        require(isOperator(operator), OperatorNotRegistered());
        _delegate(msg.sender, operator);
    }

    /// Queues everything the staker has, one withdrawal per strategy.
    function undelegate(address staker) external returns (bytes32[] memory roots) {
        address operator = delegatedTo[staker];
        require(operator != address(0), NotActivelyDelegated());
        require(operator != staker, OperatorsCannotUndelegate());
        require(msg.sender == staker || msg.sender == operator, CallerNotAllowed());

        (address[] memory strategies, uint256[] memory shares) = getDepositedShares(staker);
        delegatedTo[staker] = address(0);
        emit StakerUndelegated(staker, operator);
        if (msg.sender != staker) emit StakerForceUndelegated(staker, operator);

        roots = new bytes32[](strategies.length);
        for (uint256 i = 0; i < strategies.length; i++) {
            address[] memory one = new address[](1);
            uint256[] memory amount = new uint256[](1);
            (one[0], amount[0]) = (strategies[i], shares[i]);
            roots[i] = _queue(staker, operator, one, amount);
        }
    }

    function _delegate(address staker, address operator) internal {
        (address[] memory strategies, uint256[] memory shares) = getDepositedShares(staker);
        delegatedTo[staker] = operator;
        emit StakerDelegated(staker, operator);
        for (uint256 i = 0; i < strategies.length; i++) {
            // An undelegated staker's shares are lessened by the beacon chain alone; only the
            // operator's own factor enters the new scaling factor.
            uint256 held = SlashingMath.withdrawable(
                shares[i], _scalingFactor[staker][strategies[i]], _slashingFactor(staker, address(0), strategies[i])
            );
            uint64 max = allocationManager.getMaxMagnitude(operator, strategies[i]);
            _increaseDelegation(operator, staker, strategies[i], 0, held, max);
        }
    }

    // ---- withdrawals

    function queueWithdrawals(QueuedWithdrawalParams[] calldata params) external returns (bytes32[] memory roots) {
        roots = new bytes32[](params.length);
        for (uint256 i = 0; i < params.length; i++) {
            require(params[i].strategies.length == params[i].depositShares.length, InputArrayLengthMismatch());
            roots[i] = _queue(msg.sender, delegatedTo[msg.sender], params[i].strategies, params[i].depositShares);
        }
    }

    function completeQueuedWithdrawal(Withdrawal calldata withdrawal, address[] calldata, bool receiveAsTokens)
        external
    {
        require(msg.sender == withdrawal.withdrawer, WithdrawerNotCaller());
        bytes32 root = calculateWithdrawalRoot(withdrawal);
        require(_queuedRoots[withdrawal.staker].remove(root), WithdrawalNotQueued());
        uint32 slashableUntil = withdrawal.startBlock + minWithdrawalDelayBlocks;
        require(block.number > slashableUntil, WithdrawalDelayNotElapsed());
        delete _queued[root];
        emit SlashingWithdrawalCompleted(root);

        for (uint256 i = 0; i < withdrawal.strategies.length; i++) {
            address strategy = withdrawal.strategies[i];
            uint256 factor =
                _slashingFactorAt(withdrawal.staker, withdrawal.delegatedTo, strategy, slashableUntil);
            uint256 shares = SlashingMath.mulWad(withdrawal.scaledShares[i], factor);
            if (shares == 0) continue;
            IShareManager manager = _managerOf(strategy);
            if (receiveAsTokens) {
                manager.withdrawSharesAsTokens(withdrawal.staker, strategy, shares);
            } else {
                uint256 previous = manager.addShares(withdrawal.staker, strategy, shares);
                address operator = delegatedTo[withdrawal.staker];
                uint256 now_ = _slashingFactor(withdrawal.staker, operator, strategy);
                _increaseDelegation(operator, withdrawal.staker, strategy, previous, shares, now_);
            }
        }
    }

    function _queue(address staker, address operator, address[] memory strategies, uint256[] memory depositShares)
        internal
        returns (bytes32 root)
    {
        uint256[] memory scaled = new uint256[](strategies.length);
        uint256[] memory held = new uint256[](strategies.length);
        for (uint256 i = 0; i < strategies.length; i++) {
            uint256 dsf = _scalingFactor[staker][strategies[i]];
            held[i] =
                SlashingMath.withdrawable(depositShares[i], dsf, _slashingFactor(staker, operator, strategies[i]));
            scaled[i] = SlashingMath.scaleForQueue(depositShares[i], dsf);
            if (operator != address(0)) {
                Checkpoints.Trace224 storage history = _queuedScaledShares[operator][strategies[i]];
                history.push(uint32(block.number), uint224(history.latest() + scaled[i]));
                operatorShares[operator][strategies[i]] -= held[i];
                emit OperatorSharesDecreased(operator, staker, strategies[i], held[i]);
            }
            uint256 left = _managerOf(strategies[i]).removeDepositShares(staker, strategies[i], depositShares[i]);
            if (left == 0) {
                _scalingFactor[staker][strategies[i]] = 0;
                emit DepositScalingFactorUpdated(staker, strategies[i], SlashingMath.WAD);
            }
        }
        uint256 nonce = cumulativeWithdrawalsQueued[staker]++;
        Withdrawal memory withdrawal =
            Withdrawal(staker, operator, staker, nonce, uint32(block.number), strategies, scaled);
        root = calculateWithdrawalRoot(withdrawal);
        _queued[root] = withdrawal;
        _queuedRoots[staker].add(root);
        emit SlashingWithdrawalQueued(root, withdrawal, held);
    }

    // ---- calls from the other contracts

    function increaseDelegatedShares(address staker, address strategy, uint256 previous, uint256 added) external {
        require(msg.sender == address(_managerOf(strategy)), CallerNotAllowed());
        address operator = delegatedTo[staker];
        uint256 factor = _slashingFactor(staker, operator, strategy);
        _increaseDelegation(operator, staker, strategy, previous, added, factor);
    }

    /// After a loss on the beacon chain. `factorDecrease`: how far the pod's factor fell, 1e18.
    function decreaseDelegatedShares(address staker, uint256 depositShares, uint64 factorDecrease) external {
        require(msg.sender == address(eigenPodManager), CallerNotAllowed());
        address operator = delegatedTo[staker];
        if (operator == address(0)) return;
        uint256 max = allocationManager.getMaxMagnitude(operator, BEACON_CHAIN_ETH);
        uint256 lost = SlashingMath.withdrawable(
            depositShares, _scalingFactor[staker][BEACON_CHAIN_ETH], SlashingMath.mulWad(max, factorDecrease)
        );
        operatorShares[operator][BEACON_CHAIN_ETH] -= lost;
        emit OperatorSharesDecreased(operator, staker, BEACON_CHAIN_ETH, lost);
    }

    /// Delegated shares fall at once; queued ones are only counted, as they pay less at completion.
    function slashOperatorShares(
        address operator,
        address strategy,
        uint64 previousMax,
        uint64 newMax,
        address recipient
    ) external returns (uint256 total) {
        require(msg.sender == address(allocationManager), CallerNotAllowed());
        uint256 lost =
            SlashingMath.slashedOperatorShares(operatorShares[operator][strategy], previousMax, newMax);
        operatorShares[operator][strategy] -= lost;
        emit OperatorSharesDecreased(operator, address(0), strategy, lost);
        total = lost + SlashingMath.mulWad(_slashableScaledShares(operator, strategy), previousMax - newMax);
        emit OperatorSharesSlashed(operator, strategy, total);
        _managerOf(strategy).addSlashedShares(strategy, total, recipient);
    }

    function _increaseDelegation(
        address operator,
        address staker,
        address strategy,
        uint256 previous,
        uint256 added,
        uint256 slashingFactor
    ) internal {
        if (added == 0) return;
        require(slashingFactor != 0, FullySlashed());
        uint256 next = SlashingMath.nextDepositScalingFactor(
            _scalingFactor[staker][strategy], previous, added, slashingFactor
        );
        _scalingFactor[staker][strategy] = next;
        emit DepositScalingFactorUpdated(staker, strategy, next);
        if (operator == address(0)) return;
        operatorShares[operator][strategy] += added;
        emit OperatorSharesIncreased(operator, staker, strategy, added);
    }
}
